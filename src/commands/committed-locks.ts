import { ExpectedError } from '../errors.ts';
import { filesOfCommit } from '../git/merge-sides.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { askGit, type GitCall } from '../git/run-git.ts';
import type { Locks } from '../plan/lock-file.ts';
import { readLocks } from '../plan/read-locks.ts';
import { memoryTree } from '../tree/overlay-tree.ts';
import type { RepoPath } from '../tree/repo-path.ts';

/** The locks as HEAD has them; none before the first commit, and none where they are damaged. */
export async function committedLocks(call: GitCall): Promise<Locks> {
  const head = await askGit(['rev-parse', '--quiet', '--verify', 'HEAD'], call);
  if (head.exitCode !== 0) return new Map();
  const files = await filesOfCommit(head.stdout, call);
  const ids = new Map([...files].filter(([path]) => path.startsWith('.flux-repo/lock/')));
  const blobs = await readBlobs(ids.values(), call);
  const texts = new Map<RepoPath, string>();
  for (const [path, id] of ids) {
    const contents = blobs.get(id);
    if (typeof contents === 'string') texts.set(path, contents);
  }
  try {
    return readLocks(memoryTree(texts));
  } catch (error) {
    if (error instanceof ExpectedError) return new Map();
    throw error;
  }
}
