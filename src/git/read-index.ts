import type { RepoPath } from '../tree/repo-path.ts';
import type { Contents } from '../tree/tree.ts';
import { readBlobs } from './read-blobs.ts';
import { type GitCall, runGit } from './run-git.ts';

/** A file as it is staged. */
export interface IndexFile {
  path: RepoPath;
  /** Undefined when it is larger than was asked for. */
  contents: Contents | undefined;
}

/**
 * Every file of the index, three processes for all of them. Links and submodules are left out; of unmerged files each
 * version is given.
 *
 * @param call.cwd the top of the work tree
 * @param largest bytes above which contents are not read
 * @throws as `runGit`
 */
export async function readIndex(call: GitCall, largest: number): Promise<IndexFile[]> {
  const entries = (await runGit(['ls-files', '--stage', '-z'], call)).split('\0').flatMap((line) => {
    const [, id, path] = /^100\d+ ([0-9a-f]+) \d\t(.+)$/s.exec(line) ?? [];
    return id === undefined || path === undefined ? [] : [{ id, path }];
  });
  const ids = [...new Set(entries.map(({ id }) => id))];
  const small = ids.length === 0 ? [] : await smallBlobs(ids, largest, call);
  const blobs = await readBlobs(small, call);
  return entries.map(({ id, path }) => ({ path, contents: blobs.get(id) }));
}

/** The answer has a line `<id> blob <bytes>` for each: git-cat-file(1), "batch output". */
async function smallBlobs(ids: readonly string[], largest: number, call: GitCall): Promise<string[]> {
  const answer = await runGit(['cat-file', '--batch-check'], { ...call, input: `${ids.join('\n')}\n` });
  return answer.split('\n').flatMap((line) => {
    const [id, type, size] = line.split(' ');
    return id !== undefined && type === 'blob' && Number(size) <= largest ? [id] : [];
  });
}
