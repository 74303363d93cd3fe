import type { RepoPath } from './repo-path.ts';
import type { Tree } from './tree.ts';

/**
 * Every file below a folder (`''` for all), in code unit order of its parts. Links are not followed and not given.
 * @param enter which folders to look into; `.git` is never one of them
 */
export function* walkFiles(
  tree: Tree,
  folder: RepoPath,
  enter: (folder: RepoPath) => boolean = () => true,
): Generator<RepoPath> {
  for (const node of tree.list(folder)) {
    const path = folder === '' ? node.name : `${folder}/${node.name}`;
    if (node.kind === 'file') yield path;
    if (node.kind === 'folder' && node.name !== '.git' && enter(path)) yield* walkFiles(tree, path, enter);
  }
}
