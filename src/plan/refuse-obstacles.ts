import { foldersAbove, parentOf, type RepoPath } from '../tree/repo-path.ts';
import type { Tree, TreeNode } from '../tree/tree.ts';
import type { WriteChange } from './plan.ts';
import { pathInTheWay, wrongKind } from './write-refusals.ts';

/**
 * Refuses a plan that could not be written, so that a dry run says it too: a link in the way, a file where a folder
 * must be, and a name that is there already in another case (on macOS and Windows the two would be one file).
 * Writing looks again: this is about what to tell, that is about what to trust.
 * @throws ExpectedError (exit code 1) for the first obstacle
 */
export function refuseObstacles(tree: Tree, writes: readonly WriteChange[]): void {
  const folders = new Map<RepoPath, Map<string, TreeNode>>();
  const namesIn = (folder: RepoPath) => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const names = new Map(tree.list(folder).map((node) => [node.name, node]));
    folders.set(folder, names);
    return names;
  };
  const clear = new Set<RepoPath>();
  for (const { path } of writes) {
    for (const part of [...foldersAbove(path), path]) {
      if (clear.has(part)) continue;
      const names = namesIn(parentOf(part));
      const name = part.slice(part.lastIndexOf('/') + 1);
      const node = names.get(name);
      if (node === undefined) refuseOtherCase(path, name, [...names.keys()]);
      const needed = part === path ? 'file' : 'folder';
      if (node !== undefined && node.kind !== needed) throw wrongKind(path, part, node.kind, needed);
      clear.add(part);
    }
  }
}

function refuseOtherCase(path: RepoPath, name: string, names: readonly string[]): void {
  const other = names.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (other === undefined) return;
  throw pathInTheWay(path, `${other} is there already; on macOS and Windows it would be the same as ${name}`);
}
