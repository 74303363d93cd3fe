import { joinedPath } from '../../graph/joined-path.ts';
import { foldersAbove, type RepoPath } from '../../tree/repo-path.ts';
import { textAt } from '../../yaml/value-at.ts';
import { buildProblems } from '../build-problems.ts';
import type { CheckedRepository } from '../checked-repository.ts';
import { generatedDrift, isMissed } from '../generated-drift.ts';
import { reachedFrom } from '../reached-from.ts';
import type { Finding, Rule } from '../rule.ts';
import { unlistedSecrets } from '../unlisted-secrets.ts';

export const graphOrphan: Rule = {
  id: 'graph/orphan',
  severity: 'warning',
  why: 'No cluster gets what is in a file that nothing refers to, however long people go on changing it.',
  fix: 'List it in a kustomization.yaml, let a Kustomization reconcile its folder, or delete it.',
  *find(repository): Generator<Finding> {
    if (isUncertain(repository)) return;
    const { built } = repository;
    const inUse = new Set([...built].flatMap(foldersAbove));
    const unlisted = new Set(unlistedSecrets(repository).map(({ secret }) => secret.path));
    const spared = withoutCluster(repository);
    const orphans = [...repository.files.values()].filter(({ path, documents }) => {
      const [top = ''] = path.split('/');
      const isOurs =
        path.includes('/') && inUse.has(top) && !built.has(path) && !spared.has(path) && !unlisted.has(path);
      return isOurs && repository.isSent(path) && documents.some(({ value }) => isManifest(value));
    });
    const groups = new Map<RepoPath, RepoPath[]>();
    for (const { path } of orphans) {
      const key = foldersAbove(path).find((folder) => !inUse.has(folder)) ?? path;
      groups.set(key, [...(groups.get(key) ?? []), path]);
    }
    for (const [key, [file = key, ...others]] of groups)
      yield {
        message: `${others.length === 0 ? file : key} is reached by no cluster${others.length === 0 ? '' : `, nor is any of its ${others.length + 1} manifests`}`,
        at: { file, line: 1, column: 1 },
        key,
      };
  },
};

function isManifest(value: unknown): boolean {
  return textAt(value, ['apiVersion']) !== undefined && textAt(value, ['kind']) !== undefined;
}

/** What cannot be built, is deleted, or is elsewhere, may well lead to files that seem to be alone. */
function isUncertain(repository: CheckedRepository): boolean {
  const { clusters, tree, built, files } = repository;
  const problems = buildProblems(repository).filter(({ isUnreached }) => !isUnreached);
  if (clusters.length === 0 || problems.some(({ severity }) => severity === 'error')) return true;
  if (generatedDrift(repository).some((drift) => isMissed(repository, drift))) return true;
  if ([...built].some((path) => (files.get(path)?.faults.length ?? 0) > 0)) return true;
  return clusters.some(({ kustomizations }) =>
    kustomizations.some(({ object, path, outside }) => {
      if (path !== undefined || object === undefined) return false;
      const told = joinedPath('', (textAt(object.value, ['spec', 'path']) ?? '').replace(/^\/+/, ''));
      // another source with a folder of ours is most likely made of this repository
      return outside === undefined || (told !== undefined && told !== '' && tree.kindOf(told) !== undefined);
    }),
  );
}

/** Overlays of environments that wait for their first cluster, and all that they lead to. */
function withoutCluster({ model, paths, files, tree }: CheckedRepository): ReadonlySet<RepoPath> {
  if (model === undefined) return new Set();
  const inUse = new Set(Object.values(model.clusters).map(({ environment }) => environment));
  const idle = Object.keys(model.environments).filter((name) => !inUse.has(name));
  if (idle.length === 0) return new Set();
  const overlays = paths.filter((path) => idle.includes(/^[^/]+\/overlays\/([^/]+)\//.exec(path)?.[1] ?? ''));
  return reachedFrom(overlays, files, tree);
}
