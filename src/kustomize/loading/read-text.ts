import { ExpectedError } from '../../errors.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import type { Contents, NodeKind, Tree } from '../../tree/tree.ts';
import { BuildFailure } from '../build-failure.ts';

/** @returns undefined when there is no such file @throws BuildFailure when it cannot be read */
export function readContents(tree: Tree, file: RepoPath): Contents | undefined {
  try {
    return tree.read(file);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const hint = error.hint ?? 'Make it a readable file.';
    throw new BuildFailure('unreadable', [error.message, ...error.why].join(': '), hint, { file, line: 1 });
  }
}

/** What stands at a path; a link out of the repository counts as a file, which cannot be read. */
export function kindAt(tree: Tree, path: RepoPath): NodeKind | undefined {
  try {
    return tree.kindOf(path);
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

/** @throws BuildFailure when the file is not there, cannot be read, or is no text */
export function readText(tree: Tree, file: RepoPath): string {
  const contents = readContents(tree, file);
  if (contents === undefined) throw missing(file);
  if (typeof contents === 'string') return contents;
  const hint = 'Save it as UTF-8, or take it out of the list.';
  throw new BuildFailure('unreadable', `${file} is no UTF-8 text`, hint, { file, line: 1 });
}

export function missing(file: RepoPath): BuildFailure {
  return new BuildFailure('missing-file', `${file} does not exist`, 'Add the file, or remove the line that names it.');
}
