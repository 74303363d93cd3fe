import type { Rule } from './rule.ts';
import { checkIgnoreWithoutReason, checkUnusedIgnore } from './rules/check-ignore.ts';
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
import { modelInvalid } from './rules/model-invalid.ts';
import { notificationsEventSource } from './rules/notifications-event-source.ts';
import { notificationsProvider } from './rules/notifications-provider.ts';
import { notificationsSecret } from './rules/notifications-secret.ts';
import { orderCrd } from './rules/order-crd.ts';
import { orderNamespace } from './rules/order-namespace.ts';
import { orderNoNamespace } from './rules/order-no-namespace.ts';
import { referenceDependsOn } from './rules/reference-depends-on.ts';
import { referencePath } from './rules/reference-path.ts';
import { referenceSecret } from './rules/reference-secret.ts';
import { referenceServiceAccount } from './rules/reference-service-account.ts';
import { referenceSource } from './rules/reference-source.ts';
import { referenceSourceIgnore } from './rules/reference-source-ignore.ts';
import { referenceSubstituteFrom } from './rules/reference-substitute-from.ts';
import { referenceValuesFrom } from './rules/reference-values-from.ts';
import { secretsNotCreated } from './rules/secrets-not-created.ts';
import { substitution } from './rules/substitution.ts';
import { substitutionNotSubstituted } from './rules/substitution-not-substituted.ts';
import { yamlConflictMarker, yamlDuplicateKey, yamlSyntax, yamlTab, yamlUnreadable } from './rules/yaml-faults.ts';

/** Every rule, in the order of the documentation: by group, then by name. A new rule is a file and a row here. */
export const rules: readonly Rule[] = [
  checkIgnoreWithoutReason,
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
  modelInvalid,
  notificationsEventSource,
  notificationsProvider,
  notificationsSecret,
  orderCrd,
  orderNamespace,
  orderNoNamespace,
  referenceDependsOn,
  referencePath,
  referenceSecret,
  referenceServiceAccount,
  referenceSource,
  referenceSourceIgnore,
  referenceSubstituteFrom,
  referenceValuesFrom,
  secretsNotCreated,
  ...substitution,
  substitutionNotSubstituted,
  yamlConflictMarker,
  yamlDuplicateKey,
  yamlSyntax,
  yamlTab,
  yamlUnreadable,
];
