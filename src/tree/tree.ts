import type { RepoPath } from './repo-path.ts';

/** Text when the bytes are valid UTF-8 (a byte order mark is kept), else the bytes. */
export type Contents = string | Uint8Array;

/** What stands at a path itself: a symbolic link is a `link`, wherever it leads. */
export type NodeKind = 'file' | 'folder' | 'link' | 'other';

export interface TreeNode {
  name: string;
  kind: NodeKind;
}

/**
 * A read-only view of a repository: a folder, later a git revision, or planned files on top of either.
 * Synchronous, because every view is local and a check reads thousands of small files.
 * A view may remember what it saw: make a new one after writing.
 */
export interface Tree {
  /** What stands at the path; undefined when nothing does, or when a parent is not a folder. */
  kindOf(path: RepoPath): NodeKind | undefined;
  /**
   * The file's contents; undefined when there is none. Follows a link that stays inside the repository.
   * @throws ExpectedError when it is a folder or a device, leads outside, is too large or cannot be read
   */
  read(path: RepoPath): Contents | undefined;
  /** What a folder holds, in code unit order; `''` is the root. Empty when there is no such folder. */
  list(folder: RepoPath): readonly TreeNode[];
}
