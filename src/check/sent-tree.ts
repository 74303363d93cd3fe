import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';

/** A tree as Flux gets it: without the files that `.sourceignore` leaves out. Folders stay. */
export function sentTree(tree: Tree, isSent: (path: RepoPath) => boolean): Tree {
  const isLeftOut = (path: RepoPath) => tree.kindOf(path) !== 'folder' && !isSent(path);
  return {
    kindOf: (path) => (path !== '' && isLeftOut(path) ? undefined : tree.kindOf(path)),
    read: (path) => (isLeftOut(path) ? undefined : tree.read(path)),
    list: (folder) =>
      tree
        .list(folder)
        .filter(({ name, kind }) => kind === 'folder' || isSent(folder === '' ? name : `${folder}/${name}`)),
  };
}
