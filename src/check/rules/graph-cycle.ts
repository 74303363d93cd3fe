import type { RepoPath } from '../../tree/repo-path.ts';
import { itemsAt, textAt } from '../../yaml/value-at.ts';
import type { CheckedCluster, ClusterObject } from '../checked-repository.ts';
import { circles } from '../circles.ts';
import { fluxGroups, objectsOf } from '../cluster-index.ts';
import { awaitedBy } from '../completion.ts';
import { idOf } from '../flux-kustomization.ts';
import { generatedDrift } from '../generated-drift.ts';
import type { Finding, Rule } from '../rule.ts';

export const graphCycle: Rule = {
  id: 'graph/cycle',
  severity: 'error',
  why: 'What waits for itself is not reconciled, nor what waits for it; and no commit starts the others any more, only their interval.',
  fix: 'Remove one of the steps of the circle from spec.dependsOn.',
  *find(repository): Generator<Finding> {
    const edited = new Set(generatedDrift(repository).flatMap(({ kind, path }) => (kind === 'edited' ? [path] : [])));
    for (const cluster of repository.clusters) {
      for (const circle of circles(kustomizationSteps(cluster))) yield* kustomizationCycle(cluster, circle, edited);
      const releases = objectsOf(cluster, fluxGroups.helm, 'HelmRelease');
      const steps = new Map(releases.map((release) => [idOf(release), dependencies(release)]));
      for (const circle of circles(steps)) yield* releaseCycle(cluster, circle);
    }
  },
};

const ready = ' ready';

/**
 * Two steps for each Kustomization: that it begins, and that it is ready. It begins after what it depends on is ready and
 * what applies it has begun; it is ready after it has begun and those that it waits for are ready.
 */
function kustomizationSteps({ kustomizations, kustomization }: CheckedCluster): Map<string, string[]> {
  const steps = new Map<string, string[]>();
  for (const each of kustomizations) {
    const { id, parent, dependsOn } = each;
    const needed = dependsOn.filter((dependency) => kustomization(dependency) !== undefined);
    const begun = parent === undefined || parent === each ? [] : [parent.id];
    steps.set(id, [...begun, ...needed.map((dependency) => dependency + ready)]);
    steps.set(id + ready, [id, ...awaitedBy(each).map((other) => other.id + ready)]);
  }
  return steps;
}

/**
 * Told at the step that is most likely the mistake: in a file that was edited by hand, else in one that clusters share, where
 * it is one finding for all of them.
 *
 * @param edited generated files that people edited
 */
function* kustomizationCycle(
  cluster: CheckedCluster,
  circle: readonly string[],
  edited: ReadonlySet<RepoPath>,
): Generator<Finding> {
  const ids = circle.map((step) => (step.endsWith(ready) ? step.slice(0, -ready.length) : step));
  // one that waits for itself is two steps of one name
  const way = new Set(ids).size === 1 ? ids.slice(0, 1) : ids.filter((id, index) => id !== ids.at(index - 1));
  const steps = way.filter((id) => dependsOn(cluster, id, way[(way.indexOf(id) + 1) % way.length])).sort();
  const fileOf = (id: string) => cluster.kustomization(id)?.object?.origins[0]?.file ?? '';
  const begin =
    steps.find((id) => edited.has(fileOf(id))) ??
    steps.find((id) => !fileOf(id).startsWith(`${cluster.folder}/`)) ??
    steps[0];
  const at = begin === undefined ? 0 : way.indexOf(begin);
  const from = [...way.slice(at), ...way.slice(0, at)];
  const [first = '', second = first] = from;
  const object = cluster.kustomization(first)?.object;
  if (object === undefined) return;
  const item = cluster.kustomization(first)?.dependsOn.indexOf(second) ?? -1;
  yield finding(cluster, object, 'Kustomizations', from, item);
}

function dependsOn(cluster: CheckedCluster, id: string, other: string | undefined): boolean {
  return other !== undefined && cluster.kustomization(id)?.dependsOn.includes(other) === true;
}

function* releaseCycle(cluster: CheckedCluster, circle: readonly string[]): Generator<Finding> {
  const [first = '', second = first] = circle;
  const release = objectsOf(cluster, fluxGroups.helm, 'HelmRelease').find((each) => idOf(each) === first);
  if (release !== undefined)
    yield finding(cluster, release, 'HelmReleases', circle, dependencies(release).indexOf(second));
}

function dependencies({ value, namespace }: ClusterObject): string[] {
  return itemsAt(value, ['spec', 'dependsOn']).map(
    (item) => `${textAt(item, ['namespace']) || namespace}/${textAt(item, ['name']) ?? ''}`,
  );
}

/** @param item 0-based, of `spec.dependsOn`; -1 for none */
function finding(
  cluster: CheckedCluster,
  object: ClusterObject,
  what: string,
  way: readonly string[],
  item: number,
): Finding {
  const isAlone = way.every((id) => id.startsWith(`${object.namespace}/`));
  const shown = [...way, ...way.slice(0, 1)].map((id) => (isAlone ? id.slice(object.namespace.length + 1) : id));
  return {
    message: `${what} wait for each other: ${shown.join(' -> ')}`,
    at: object.placeOf(item < 0 ? ['spec'] : ['spec', 'dependsOn', item]),
    object: object.id,
    key: shown.slice(1).sort().join(' -> '),
    cluster: cluster.name,
  };
}
