import type { RepoPath } from '../tree/repo-path.ts';
import type { Contents } from '../tree/tree.ts';
import { readBlobs } from './read-blobs.ts';
import { askGit, type GitCall } from './run-git.ts';

/** A file as git has it; undefined where it has none. */
export interface GitVersions {
  committed: Contents | undefined;
  /** In the index: as committed, unless the person has staged something. */
  staged: Contents | undefined;
}

/** @param path from `call.cwd` */
export async function readVersions(path: RepoPath, call: GitCall): Promise<GitVersions> {
  // `./` makes the path relative to the folder: gitrevisions(7).
  const [head, index] = [await idOf(`HEAD:./${path}`, call), await idOf(`:./${path}`, call)];
  const blobs = await readBlobs(
    [head, index].filter((id) => id !== undefined),
    call,
  );
  return { committed: blobs.get(head ?? ''), staged: blobs.get(index ?? '') };
}

async function idOf(name: string, call: GitCall): Promise<string | undefined> {
  const answer = await askGit(['rev-parse', '--quiet', '--verify', name], call);
  return answer.exitCode === 0 ? answer.stdout : undefined;
}
