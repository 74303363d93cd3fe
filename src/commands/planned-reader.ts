import { type Plan, plannedContents } from '../plan/plan.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';

/** Reads files as a plan leaves them: undefined for one that is not there, or is no text. */
export function plannedReader(tree: Tree, plan: Plan): (path: RepoPath) => string | undefined {
  const planned = plannedContents(plan);
  return (path) => {
    const contents = planned.has(path) ? planned.get(path) : tree.read(path);
    return typeof contents === 'string' ? contents : undefined;
  };
}
