import type { Rule } from './rule.ts';
import { checkIgnoreWithoutReason, checkUnknownIgnore, checkUnusedIgnore } from './rules/check-ignore.ts';
import { checkNothing } from './rules/check-nothing.ts';
import { graphCycle } from './rules/graph-cycle.ts';
import { graphOrphan } from './rules/graph-orphan.ts';
import { graphTwoOwners } from './rules/graph-two-owners.ts';
import { healthIgnoredChecks } from './rules/health-ignored-checks.ts';
import { healthNoWait } from './rules/health-no-wait.ts';
import { healthPrunedCrds } from './rules/health-pruned-crds.ts';
import { healthTimeout } from './rules/health-timeout.ts';
import { healthUnknownCheck } from './rules/health-unknown-check.ts';
import { imagesMarker } from './rules/images-marker.ts';
import { imagesReference } from './rules/images-reference.ts';
import { kustomizeBuild } from './rules/kustomize-build.ts';
import { kustomizeNotBuilt } from './rules/kustomize-not-built.ts';
import { managedDrift } from './rules/managed-drift.ts';
import { managedLock } from './rules/managed-lock.ts';
import { managedMissing } from './rules/managed-missing.ts';
import { modelInvalid } from './rules/model-invalid.ts';
import { modelRemovedUnit } from './rules/model-removed-unit.ts';
import { notificationsEventSource } from './rules/notifications-event-source.ts';
import { notificationsProvider } from './rules/notifications-provider.ts';
import { notificationsSecret } from './rules/notifications-secret.ts';
import { orderCrd } from './rules/order-crd.ts';
import { orderNamespace } from './rules/order-namespace.ts';
import { orderNoNamespace } from './rules/order-no-namespace.ts';
import { referenceBeyondRights } from './rules/reference-beyond-rights.ts';
import { referenceDependsOn } from './rules/reference-depends-on.ts';
import { referencePath } from './rules/reference-path.ts';
import { referenceRights } from './rules/reference-rights.ts';
import { referenceRole } from './rules/reference-role.ts';
import { referenceSecret } from './rules/reference-secret.ts';
import { referenceServiceAccount } from './rules/reference-service-account.ts';
import { referenceSource } from './rules/reference-source.ts';
import { referenceSourceIgnore } from './rules/reference-source-ignore.ts';
import { referenceSubstituteFrom } from './rules/reference-substitute-from.ts';
import { referenceValuesFrom } from './rules/reference-values-from.ts';
import { schema } from './rules/schema.ts';
import { secretsInClusterFolder } from './rules/secrets-in-cluster-folder.ts';
import { secretsNeedlessDecryption } from './rules/secrets-needless-decryption.ts';
import { secretsNoDecryption } from './rules/secrets-no-decryption.ts';
import { secretsNotCreated } from './rules/secrets-not-created.ts';
import { secretsNotListed } from './rules/secrets-not-listed.ts';
import { secretsPlainValue } from './rules/secrets-plain-value.ts';
import { secretsScan } from './rules/secrets-scan.ts';
import { secretsSubstituted } from './rules/secrets-substituted.ts';
import { substitution } from './rules/substitution.ts';
import { substitutionNotSubstituted } from './rules/substitution-not-substituted.ts';
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
import { workloadGateway } from './rules/workload-gateway.ts';
import { workloadService } from './rules/workload-service.ts';
import { workloadSource } from './rules/workload-source.ts';
import { yamlConflictMarker, yamlDuplicateKey, yamlSyntax, yamlTab, yamlUnreadable } from './rules/yaml-faults.ts';

/** Every rule, in the order of the documentation: by group, then by name. A new rule is a file and a row here. */
export const rules: readonly Rule[] = [
  checkIgnoreWithoutReason,
  checkNothing,
  checkUnknownIgnore,
  checkUnusedIgnore,
  graphCycle,
  graphOrphan,
  graphTwoOwners,
  healthIgnoredChecks,
  healthNoWait,
  healthPrunedCrds,
  healthTimeout,
  healthUnknownCheck,
  imagesMarker,
  imagesReference,
  ...kustomizeBuild,
  kustomizeNotBuilt,
  managedDrift,
  managedLock,
  managedMissing,
  modelInvalid,
  modelRemovedUnit,
  notificationsEventSource,
  notificationsProvider,
  notificationsSecret,
  orderCrd,
  orderNamespace,
  orderNoNamespace,
  referenceBeyondRights,
  referenceDependsOn,
  referencePath,
  referenceRights,
  referenceRole,
  referenceSecret,
  referenceServiceAccount,
  referenceSource,
  referenceSourceIgnore,
  referenceSubstituteFrom,
  referenceValuesFrom,
  ...schema,
  secretsInClusterFolder,
  secretsNeedlessDecryption,
  secretsNoDecryption,
  secretsNotCreated,
  secretsNotListed,
  secretsPlainValue,
  ...secretsScan,
  secretsSubstituted,
  ...substitution,
  substitutionNotSubstituted,
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
  workloadGateway,
  workloadService,
  workloadSource,
  yamlConflictMarker,
  yamlDuplicateKey,
  yamlSyntax,
  yamlTab,
  yamlUnreadable,
];
