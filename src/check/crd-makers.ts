import { catalogue } from '../catalogue/catalogue.ts';
import type { ComponentEntry } from '../catalogue/component-entry.ts';
import { textAt } from '../yaml/value-at.ts';
import type { CheckedCluster, CheckedKustomization, CheckedRepository, ClusterObject } from './checked-repository.ts';
import { fluxGroups, objectsOf } from './cluster-index.ts';

/** What brings CRDs to a cluster. */
export interface CrdMaker {
  kustomization: CheckedKustomization;
  /** In words: `the chart of HelmRelease cert-manager`. */
  by: string;
  /** Flux applies the CRD itself, and waits for it before the rest of the Kustomization. */
  isApplied: boolean;
}

/**
 * What brings the CRDs of a cluster: by `group/Kind` for those in the repository, by group for what the catalogue knows of
 * charts and other repositories; an empty list for what nothing brings. A group is absent when nobody can say, since
 * there are charts that the catalogue does not know.
 */
export function crdMakers(
  { model }: CheckedRepository,
  cluster: CheckedCluster,
): ReadonlyMap<string, readonly CrdMaker[]> {
  const makers = new Map<string, CrdMaker[]>();
  const note = (key: string, maker: CrdMaker) => makers.set(key, [...(makers.get(key) ?? []), maker]);
  for (const crd of objectsOf(cluster, 'apiextensions.k8s.io', 'CustomResourceDefinition')) {
    const key = `${textAt(crd.value, ['spec', 'group'])}/${textAt(crd.value, ['spec', 'names', 'kind'])}`;
    note(key, { kustomization: crd.owner, by: `CustomResourceDefinition ${crd.name}`, isApplied: true });
  }
  for (const [name, entry] of catalogue) {
    // a component that the cluster brings is there before Flux is
    if (entry.crdGroups.length === 0 || model?.components[name]?.provided === true) continue;
    const maker = (model === undefined ? undefined : componentOf(cluster, name)) ?? sourcedFrom(cluster, entry);
    if (maker !== undefined) for (const group of entry.crdGroups) note(group, maker);
    else if (model !== undefined && hasKnownReleasesOnly(cluster))
      for (const group of entry.crdGroups) makers.set(group, []);
  }
  return makers;
}

function hasKnownReleasesOnly(cluster: CheckedCluster): boolean {
  return objectsOf(cluster, fluxGroups.helm, 'HelmRelease').every(({ owner }) => catalogue.has(owner.name));
}

/** In our repositories a component's Kustomizations have its name; one with its CRDs alone has it with `-crds`. */
function componentOf(cluster: CheckedCluster, name: string): CrdMaker | undefined {
  const kustomization =
    cluster.kustomization(`flux-system/${name}-crds`) ?? cluster.kustomization(`flux-system/${name}`);
  return kustomization && { kustomization, by: `component ${name}`, isApplied: false };
}

/** Elsewhere it is known by the address of its chart or its CRDs. */
function sourcedFrom(cluster: CheckedCluster, { title, chart, crds }: ComponentEntry): CrdMaker | undefined {
  const url = crds?.url ?? chart?.url;
  const sources = ['OCIRepository', 'HelmRepository', 'GitRepository'].flatMap((kind) =>
    objectsOf(cluster, fluxGroups.source, kind).filter(({ value }) => textAt(value, ['spec', 'url']) === url),
  );
  const [source] = url === undefined ? [] : sources;
  if (source === undefined) return undefined;
  const release = objectsOf(cluster, fluxGroups.helm, 'HelmRelease').find((each) => isFrom(each, source));
  if (release)
    return { kustomization: release.owner, by: `the chart of HelmRelease ${release.name}`, isApplied: false };
  const outside = `${source.kind}/${source.namespace}/${source.name}`;
  const kustomization = cluster.kustomizations.find((each) => each.outside === outside);
  return kustomization && { kustomization, by: title, isApplied: true };
}

function isFrom({ value, namespace }: ClusterObject, source: ClusterObject): boolean {
  return [
    ['spec', 'chartRef'],
    ['spec', 'chart', 'spec', 'sourceRef'],
  ].some(
    (path) =>
      textAt(value, [...path, 'name']) === source.name &&
      textAt(value, [...path, 'kind']) === source.kind &&
      (textAt(value, [...path, 'namespace']) ?? namespace) === source.namespace,
  );
}
