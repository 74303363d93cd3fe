import { nearest } from '../nearest.ts';
import type { SchemaFinding } from './finding.ts';
import { removedIn } from './removed-versions.ts';
import { groupOf, isKnownGroup, kindsOf, scopeOf, versionsOf } from './scope-of.ts';

/** Groups of which we know some kinds, while a cluster may have others. */
const partlyKnown = new Set(['gateway.networking.k8s.io', 'cert-manager.io']);

/**
 * What to say of a kind without a schema: removed, misspelt, or simply not ours to know.
 *
 * @throws Error when the kind has a schema that the caller did not load; that is a bug
 */
export function unknownKind(apiVersion: string, kind: string): SchemaFinding {
  if (scopeOf(apiVersion, kind)) throw new Error(`the schemas of ${apiVersion} were not loaded`);
  const group = groupOf(apiVersion);
  const served = versionsOf(kind).toSorted((a) => (groupOf(a) === group ? -1 : 1));
  const release = removedIn(apiVersion, kind);
  if (release && served[0])
    return {
      rule: 'schema/removed-version',
      path: ['apiVersion'],
      message: `${release} removed ${kind} ${apiVersion}`,
      hint: `Use apiVersion: ${served[0]}`,
    };
  return withHint(classify(apiVersion, group, kind), suggest(apiVersion, group, kind, served));
}

function classify(apiVersion: string, group: string, kind: string): SchemaFinding {
  const isPreview = /(alpha|beta)\d+$/.test(apiVersion) && !group.endsWith('.fluxcd.io');
  const isComplete = isKnownGroup(group) || group === 'kustomize.config.k8s.io';
  return isComplete && !partlyKnown.has(group) && (!isPreview || group === 'kustomize.config.k8s.io')
    ? { rule: 'schema/unknown-kind', path: ['kind'], message: `${apiVersion} has no kind ${kind}` }
    : { rule: 'schema/no-schema', path: ['kind'], message: `there is no schema for ${kind} of ${apiVersion}` };
}

function suggest(apiVersion: string, group: string, kind: string, served: readonly string[]): string | undefined {
  if (group === 'kustomize.config.k8s.io') return 'It has Kustomization (v1beta1) and Component (v1alpha1).';
  if (served.length > 0 && isKnownGroup(group)) return `Use apiVersion: ${served[0]}`;
  const likelyVersion = nearest(apiVersion, served);
  if (likelyVersion) return `Did you mean apiVersion: ${likelyVersion}?`;
  const likelyKind = nearest(kind, kindsOf(apiVersion));
  return likelyKind ? `Did you mean ${likelyKind}?` : undefined;
}

function withHint(finding: SchemaFinding, hint: string | undefined): SchemaFinding {
  return hint === undefined ? finding : { ...finding, hint };
}
