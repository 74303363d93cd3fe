import { isUtf8 } from 'node:buffer';
import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ExpectedError } from '../errors.ts';
import { parentOf, type RepoPath } from './repo-path.ts';
import { isSystemError, reasonOf } from './system-error.ts';
import type { Contents, NodeKind, Tree, TreeNode } from './tree.ts';

/** Bytes. The largest file we generate, gotk-components.yaml, is below 1 MiB. */
const largestFile = 16 * 1024 * 1024;

interface KindSource {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** A view of a folder, given by its absolute path; it need not exist. Symbolic links are followed only inside it. */
export function diskTree(root: string): Tree {
  const realFolder = folderResolver(root);
  return {
    kindOf: (path) =>
      explained(
        path,
        () => {
          const folder = realFolder(parentOf(path));
          const stats = folder === undefined ? undefined : lookAt(join(folder, nameOf(path)));
          return stats && kindFrom(stats);
        },
        undefined,
      ),
    read: (path) =>
      explained(
        path,
        () => {
          const folder = realFolder(parentOf(path));
          return folder === undefined ? undefined : readLeaf(realFolder('') ?? root, join(folder, nameOf(path)), path);
        },
        undefined,
      ),
    list: (path) =>
      explained(path, () => {
        const folder = realFolder(path);
        return folder === undefined ? [] : listFolder(folder);
      }, []),
  };
}

/** Real paths of folders by repository path, each looked up once. A folder whose link leads outside is refused. */
function folderResolver(root: string): (folder: RepoPath) => string | undefined {
  const known = new Map<RepoPath, string | undefined>();
  function resolve(folder: RepoPath): string | undefined {
    if (folder === '') return folderAt(root);
    const parent = realFolder(parentOf(folder));
    if (parent === undefined) return undefined;
    const path = join(parent, nameOf(folder));
    const stats = lookAt(path);
    if (stats?.isSymbolicLink()) return folderAt(insideOnly(realFolder('') ?? root, path, folder));
    return stats?.isDirectory() ? path : undefined;
  }
  function realFolder(folder: RepoPath): string | undefined {
    if (!known.has(folder)) known.set(folder, resolve(folder));
    return known.get(folder);
  }
  return realFolder;
}

function readLeaf(realRoot: string, absolute: string, path: RepoPath): Contents | undefined {
  const own = lookAt(absolute);
  const target = own?.isSymbolicLink() ? insideOnly(realRoot, absolute, path) : absolute;
  const stats = own?.isSymbolicLink() ? target && lookAt(target) : own;
  if (target === undefined || !stats) return undefined;
  if (stats.isDirectory()) throw unreadable(path, 'it is a folder, not a file');
  if (!stats.isFile()) throw unreadable(path, 'it is neither a file nor a folder');
  if (stats.size > largestFile) throw unreadable(path, `it is larger than ${largestFile / 1024 / 1024} MiB`);
  const bytes = readFileSync(target);
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes;
}

function listFolder(folder: string): TreeNode[] {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => ({ name: entry.name, kind: kindFrom(entry) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Where a link leads; undefined when it leads nowhere. */
function insideOnly(realRoot: string, absolute: string, path: RepoPath): string | undefined {
  const target = realPath(absolute);
  if (target === undefined || target === realRoot || target.startsWith(realRoot + sep)) return target;
  throw unreadable(path, 'it is a symbolic link that leaves the repository');
}

function folderAt(absolute: string | undefined): string | undefined {
  const target = absolute === undefined ? undefined : realPath(absolute);
  return target !== undefined && statSync(target).isDirectory() ? target : undefined;
}

function realPath(absolute: string): string | undefined {
  try {
    return realpathSync.native(absolute);
  } catch (error) {
    if (isSystemError(error) && ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(error.code)) return undefined;
    throw error;
  }
}

function lookAt(absolute: string): Stats | undefined {
  return lstatSync(absolute, { throwIfNoEntry: false });
}

/** Of what `lstat` or a folder listing says. */
export function kindFrom(source: KindSource): NodeKind {
  if (source.isSymbolicLink()) return 'link';
  if (source.isDirectory()) return 'folder';
  return source.isFile() ? 'file' : 'other';
}

function nameOf(path: RepoPath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function explained<Result>(path: RepoPath, read: () => Result, nothing: Result): Result {
  // no file system has such a name, and Node throws an error of its own
  if (path.includes('\0')) return nothing;
  try {
    return read();
  } catch (error) {
    if (isSystemError(error)) throw unreadable(path, reasonOf(error), error);
    throw error;
  }
}

function unreadable(path: RepoPath, reason: string, cause?: unknown): ExpectedError {
  const hint = 'Move it away or make it a readable file, then run the same command again.';
  return new ExpectedError({
    code: 'unreadable-file',
    exitCode: 1,
    message: `cannot read ${path || 'the folder'}`,
    why: [reason],
    hint,
    cause,
  });
}
