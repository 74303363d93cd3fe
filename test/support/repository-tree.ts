import { generateUnits } from '../../src/generators/generate-units.ts';
import type { Model } from '../../src/model/model.ts';
import { modelText } from '../../src/model/write-model.ts';
import { plannedContents } from '../../src/plan/plan.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import type { Tree } from '../../src/tree/tree.ts';

/** A whole repository in memory: path -> contents, in path order. */
export type RepositoryTree = ReadonlyMap<RepoPath, string>;

export const toolVersion = '0.1.0';

const emptyTree: Tree = { kindOf: () => undefined, read: () => undefined, list: () => [] };

/** Everything that `create` writes into an empty folder for this model. */
export function repositoryTree(model: Model): RepositoryTree {
  const plan = planChanges({
    units: generateUnits(model, { toolVersion }),
    tree: emptyTree,
    locks: new Map(),
    toolVersion,
    model: { path: 'flux-repo.yaml', before: undefined, after: modelText(model) },
  });
  return new Map([...plannedContents(plan)].map(([path, contents]) => [path, contents ?? '']));
}

/** Paths of the YAML files that Flux or kustomize read. */
export function manifestPaths(tree: RepositoryTree): RepoPath[] {
  return [...tree.keys()].filter((path) => /^(clusters|infrastructure|apps|secrets)\/.*\.ya?ml$/.test(path));
}
