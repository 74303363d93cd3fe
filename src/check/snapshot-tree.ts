import { foldersAbove, parentOf, type RepoPath } from '../tree/repo-path.ts';
import type { Contents, NodeKind, Tree, TreeNode } from '../tree/tree.ts';

/**
 * A view of a repository that asks the disk as little as possible: what a list of files says of them and their folders
 * is not looked at again, and contents are kept. Anything else, links first of all, is looked up below; but for folders
 * without a file, which git does not know.
 *
 * @param paths the files that there are; a build may well come to others
 */
export function snapshotTree(below: Tree, paths: readonly RepoPath[]): Tree {
  const { kinds, folders } = known(paths);
  const contents = new Map<RepoPath, Contents | undefined>();
  const elsewhere = new Map<RepoPath, NodeKind | undefined>();
  return {
    kindOf(path) {
      const kind = kinds.get(path);
      if (kind !== undefined) return kind;
      if (kinds.get(parentOf(path)) === 'file') return undefined;
      if (!elsewhere.has(path)) elsewhere.set(path, isEmptyFolder(below, path) ? undefined : below.kindOf(path));
      return elsewhere.get(path);
    },
    read(path) {
      if (!contents.has(path)) contents.set(path, below.read(path));
      return contents.get(path);
    },
    list: (folder) => folders.get(folder) ?? below.list(folder),
  };
}

function isEmptyFolder(tree: Tree, path: RepoPath): boolean {
  if (tree.kindOf(path) !== 'folder') return false;
  return tree.list(path).every(({ name }) => isEmptyFolder(tree, `${path}/${name}`));
}

function known(paths: readonly RepoPath[]): {
  kinds: ReadonlyMap<RepoPath, NodeKind>;
  folders: ReadonlyMap<RepoPath, readonly TreeNode[]>;
} {
  const kinds = new Map<RepoPath, NodeKind>();
  const folders = new Map<RepoPath, TreeNode[]>();
  const note = (path: RepoPath, kind: NodeKind) => {
    if (kinds.has(path)) return;
    kinds.set(path, kind);
    const folder = parentOf(path);
    const node = { name: folder === '' ? path : path.slice(folder.length + 1), kind };
    const nodes = folders.get(folder);
    if (nodes === undefined) folders.set(folder, [node]);
    else nodes.push(node);
  };
  for (const path of paths) {
    if (!kinds.has(parentOf(path))) for (const folder of foldersAbove(path)) note(folder, 'folder');
    note(path, 'file');
  }
  for (const nodes of folders.values()) nodes.sort((one, other) => (one.name < other.name ? -1 : 1));
  return { kinds, folders };
}
