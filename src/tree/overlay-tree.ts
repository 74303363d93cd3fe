import { foldersAbove, parentOf, type RepoPath } from './repo-path.ts';
import type { NodeKind, Tree, TreeNode } from './tree.ts';

/** `below` as it will be once the planned files are written; a file planned as undefined is gone. */
export function overlayTree(below: Tree, planned: ReadonlyMap<RepoPath, string | undefined>): Tree {
  const kinds = plannedKinds(planned);
  return {
    kindOf(path) {
      const kind = kinds.get(parentOf(path))?.get(path);
      if (kind !== undefined) return kind;
      return planned.has(path) ? undefined : below.kindOf(path);
    },
    read: (path) => (planned.has(path) ? planned.get(path) : below.read(path)),
    list(folder) {
      const nodes = new Map(below.list(folder).map((node) => [pathIn(folder, node.name), node]));
      for (const path of nodes.keys()) if (planned.has(path) && planned.get(path) === undefined) nodes.delete(path);
      for (const [path, kind] of kinds.get(folder) ?? []) nodes.set(path, { name: nameIn(folder, path), kind });
      return [...nodes.values()].sort(byName);
    },
  };
}

const nothing: Tree = { kindOf: () => undefined, read: () => undefined, list: () => [] };

/** Files that are nowhere on a disk. */
export function memoryTree(files: ReadonlyMap<RepoPath, string>): Tree {
  return overlayTree(nothing, files);
}

/** Folder -> path -> kind, for every planned file and the folders it needs. */
function plannedKinds(planned: ReadonlyMap<RepoPath, string | undefined>): Map<RepoPath, Map<RepoPath, NodeKind>> {
  const kinds = new Map<RepoPath, Map<RepoPath, NodeKind>>();
  const note = (path: RepoPath, kind: NodeKind) => {
    const folder = parentOf(path);
    kinds.set(folder, (kinds.get(folder) ?? new Map()).set(path, kind));
  };
  for (const [path, contents] of planned) {
    if (contents === undefined) continue;
    for (const folder of foldersAbove(path)) note(folder, 'folder');
    note(path, 'file');
  }
  return kinds;
}

function pathIn(folder: RepoPath, name: string): RepoPath {
  return folder === '' ? name : `${folder}/${name}`;
}

function nameIn(folder: RepoPath, path: RepoPath): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}

function byName(one: TreeNode, other: TreeNode): number {
  return one.name < other.name ? -1 : 1;
}
