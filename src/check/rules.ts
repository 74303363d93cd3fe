import type { Rule } from './rule.ts';
import { checkIgnoreWithoutReason, checkUnusedIgnore } from './rules/check-ignore.ts';
import { kustomizeBuild } from './rules/kustomize-build.ts';
import { managedDrift } from './rules/managed-drift.ts';
import { managedLock } from './rules/managed-lock.ts';
import { modelInvalid } from './rules/model-invalid.ts';
import { referenceDependsOn } from './rules/reference-depends-on.ts';
import { referencePath } from './rules/reference-path.ts';
import { referenceSourceIgnore } from './rules/reference-source-ignore.ts';
import { schema } from './rules/schema.ts';
import { secretsInClusterFolder } from './rules/secrets-in-cluster-folder.ts';
import { secretsNeedlessDecryption } from './rules/secrets-needless-decryption.ts';
import { secretsNoDecryption } from './rules/secrets-no-decryption.ts';
import { secretsNotCreated } from './rules/secrets-not-created.ts';
import { secretsPlainValue } from './rules/secrets-plain-value.ts';
import { secretsScan } from './rules/secrets-scan.ts';
import { secretsSubstituted } from './rules/secrets-substituted.ts';
import { substitution } from './rules/substitution.ts';
import { tenancyClusterAdmin } from './rules/tenancy-cluster-admin.ts';
import { tenancyClusterKey } from './rules/tenancy-cluster-key.ts';
import { tenancyCrossNamespace } from './rules/tenancy-cross-namespace.ts';
import { tenancyLockdown } from './rules/tenancy-lockdown.ts';
import { tenancyOwnAccount } from './rules/tenancy-own-account.ts';
import { tenancyRemoteBase } from './rules/tenancy-remote-base.ts';
import { tenancyServiceAccount } from './rules/tenancy-service-account.ts';
import { tenancyWildcard } from './rules/tenancy-wildcard.ts';
import { versionsDeadField } from './rules/versions-dead-field.ts';
import { versionsMessageTemplate } from './rules/versions-message-template.ts';
import { versionsRemoved } from './rules/versions-removed.ts';
import { versionsRemovedField } from './rules/versions-removed-field.ts';
import { versionsScpUrl } from './rules/versions-scp-url.ts';
import { yamlConflictMarker, yamlDuplicateKey, yamlSyntax, yamlTab, yamlUnreadable } from './rules/yaml-faults.ts';

/** Every rule, in the order of the documentation: by group, then by name. A new rule is a file and a row here. */
export const rules: readonly Rule[] = [
  checkIgnoreWithoutReason,
  checkUnusedIgnore,
  ...kustomizeBuild,
  managedDrift,
  managedLock,
  modelInvalid,
  referenceDependsOn,
  referencePath,
  referenceSourceIgnore,
  ...schema,
  secretsInClusterFolder,
  secretsNeedlessDecryption,
  secretsNoDecryption,
  secretsNotCreated,
  secretsPlainValue,
  ...secretsScan,
  secretsSubstituted,
  ...substitution,
  tenancyClusterAdmin,
  tenancyClusterKey,
  tenancyCrossNamespace,
  tenancyLockdown,
  tenancyOwnAccount,
  tenancyRemoteBase,
  tenancyServiceAccount,
  tenancyWildcard,
  versionsDeadField,
  versionsMessageTemplate,
  versionsRemoved,
  versionsRemovedField,
  versionsScpUrl,
  yamlConflictMarker,
  yamlDuplicateKey,
  yamlSyntax,
  yamlTab,
  yamlUnreadable,
];
