import type { RepoPath } from '../../src/tree/repo-path.ts';
import type { RepositoryTree } from '../support/repository-tree.ts';

export const actions = ['delete', 'rename', 'retype', 'duplicate', 'move'] as const;
export const things = ['reference', 'field', 'document', 'file'] as const;

export type Action = (typeof actions)[number];
export type Thing = (typeof things)[number];

/** One random change of a repository, of which nobody knows yet whether it does harm. */
export interface Mutation {
  action: Action;
  thing: Thing;
  /** For people: `delete reference apps/base/web/kustomization.yaml resources.0 (web.yaml)`. */
  what: string;
  /** Path -> new text; undefined for a file that is gone. */
  changes: ReadonlyMap<RepoPath, string | undefined>;
}

/** The tree with the changes of a mutation. */
export function mutated(tree: RepositoryTree, { changes }: Mutation): Map<RepoPath, string> {
  const made = new Map(tree);
  for (const [path, text] of changes)
    if (text === undefined) made.delete(path);
    else made.set(path, text);
  return made;
}
