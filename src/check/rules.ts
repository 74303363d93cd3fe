import type { Rule } from './rule.ts';
import { referenceDependsOn } from './rules/reference-depends-on.ts';
import { referencePath } from './rules/reference-path.ts';
import { yamlConflictMarker, yamlDuplicateKey, yamlSyntax, yamlTab, yamlUnreadable } from './rules/yaml-syntax.ts';

/** Every rule, in the order of the documentation: by group, then by name. */
export const rules: readonly Rule[] = [
  referenceDependsOn,
  referencePath,
  yamlConflictMarker,
  yamlDuplicateKey,
  yamlSyntax,
  yamlTab,
  yamlUnreadable,
];
