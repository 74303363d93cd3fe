import type { RepoPath } from '../tree/repo-path.ts';
import { uncommittedPaths } from './commit-preflight.ts';
import type { GitCall } from './run-git.ts';
import { askGit } from './run-git.ts';

/**
 * Which of these files other machines cannot have yet: changed and not committed, or committed and not pushed to the
 * branch that this one follows (`isFollowed`). Where git cannot tell, since there is no such branch or no repository, nothing is.
 *
 * @throws as `askGit`
 */
export async function unpublishedPaths(
  paths: readonly RepoPath[],
  call: GitCall,
): Promise<{ uncommitted: RepoPath[]; unpushed: RepoPath[]; isFollowed: boolean }> {
  const isIn = await askGit(['rev-parse', '--is-inside-work-tree'], call);
  if (isIn.exitCode !== 0) return { uncommitted: [], unpushed: [], isFollowed: false };
  const asked = new Set(paths);
  const uncommitted = (await uncommittedPaths(call)).map(({ path }) => path).filter((path) => asked.has(path));
  const ahead = await askGit(['diff', '--name-only', '--relative', '-z', '@{upstream}...HEAD'], call);
  const isFollowed = ahead.exitCode === 0;
  const changed = isFollowed ? ahead.stdout.split('\0').filter((path) => asked.has(path)) : [];
  return { uncommitted, unpushed: changed, isFollowed };
}
