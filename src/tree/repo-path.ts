/** A path relative to the repository root: `/` between parts on every OS, no leading `./`, no `..`. */
export type RepoPath = string;

/** The folder of a path: `''` for a file in the root. */
export function parentOf(path: RepoPath): RepoPath {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** The folders above a path, outermost first, without the root: `a/b/c` has `a`, `a/b`. */
export function foldersAbove(path: RepoPath): RepoPath[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/**
 * Why we write nothing under this name, for example because it leaves the repository; undefined when it is fine.
 * `.git` is refused at every depth and in every case, as git does (CVE-2014-9390).
 */
export function faultOf(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'it is not relative to the repository';
  if (/[\\\p{Cc}]/u.test(path)) return 'it holds a backslash or a control character';
  for (const part of path.split('/')) {
    if (part === '' || part === '.') return 'it is not written in its shortest form';
    if (part === '..') return 'it leaves the folder it starts in';
    if (part.toLowerCase() === '.git') return "it is inside git's own folder";
  }
  return undefined;
}
