import type { Rule } from './rule.ts';
import { checkIgnoreWithoutReason, checkUnusedIgnore } from './rules/check-ignore.ts';
import { kustomizeBuild } from './rules/kustomize-build.ts';
import { modelInvalid } from './rules/model-invalid.ts';
import { referenceDependsOn } from './rules/reference-depends-on.ts';
import { referencePath } from './rules/reference-path.ts';
import { referenceSourceIgnore } from './rules/reference-source-ignore.ts';
import { secretsNotCreated } from './rules/secrets-not-created.ts';
import { substitution } from './rules/substitution.ts';
import { yamlConflictMarker, yamlDuplicateKey, yamlSyntax, yamlTab, yamlUnreadable } from './rules/yaml-faults.ts';

/** Every rule, in the order of the documentation: by group, then by name. A new rule is a file and a row here. */
export const rules: readonly Rule[] = [
  checkIgnoreWithoutReason,
  checkUnusedIgnore,
  ...kustomizeBuild,
  modelInvalid,
  referenceDependsOn,
  referencePath,
  referenceSourceIgnore,
  secretsNotCreated,
  ...substitution,
  yamlConflictMarker,
  yamlDuplicateKey,
  yamlSyntax,
  yamlTab,
  yamlUnreadable,
];
