import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';

/** A tree as Flux gets it: without the files that `.sourceignore` leaves out. Folders stay. */
export function sentTree(tree: Tree, isSent: (path: RepoPath) => boolean): Tree {
  const known = new Map<RepoPath, boolean>();
  const isKept = (path: RepoPath) => {
    const kept = known.get(path) ?? isSent(path);
    known.set(path, kept);
    return kept;
  };
  return {
    kindOf(path) {
      const kind = tree.kindOf(path);
      return kind === undefined || kind === 'folder' || isKept(path) ? kind : undefined;
    },
    read: (path) => (isKept(path) ? tree.read(path) : undefined),
    list: (folder) =>
      tree
        .list(folder)
        .filter(({ name, kind }) => kind === 'folder' || isKept(folder === '' ? name : `${folder}/${name}`)),
  };
}
