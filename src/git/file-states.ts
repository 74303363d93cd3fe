import type { RepoPath } from '../tree/repo-path.ts';
import { type GitCall, runGit } from './run-git.ts';

/**
 * How far git knows a file: `staged` is in the index and in no commit, `changed` is another one than in the last commit,
 * `unmerged` is in conflict.
 */
export type FileState = 'untracked' | 'staged' | 'changed' | 'unmerged' | 'committed';

/**
 * Tells how far git knows each file of a work tree.
 * @param call `cwd` is the work tree's top
 */
export async function fileStates(call: GitCall): Promise<(path: RepoPath) => FileState> {
  const status = await runGit(['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all'], call);
  const lines = status.split('\0').filter((line) => line !== '');
  const states = new Map(lines.map((line) => [line.slice(3), stateOf(line.slice(0, 2))]));
  return (path) => states.get(path) ?? 'committed';
}

/** https://git-scm.com/docs/git-status#_short_format */
function stateOf(letters: string): FileState {
  if (letters === '??') return 'untracked';
  if (letters.includes('U') || letters === 'AA' || letters === 'DD') return 'unmerged';
  return letters.startsWith('A') ? 'staged' : 'changed';
}
