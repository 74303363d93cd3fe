import type { RepoPath } from '../../tree/repo-path.ts';
import type { CommandWriter } from './scan-rule.ts';

/** Deletes a file, as far as git has it: `git rm` knows no new file, and refuses one that is not as it was committed. */
export function deleteAdvice(path: RepoPath, write: CommandWriter): string {
  const state = write.stateOf(path);
  if (state === 'untracked') return write.shell('rm', '--', path);
  return write.shell('git', 'rm', ...(state === 'committed' ? [] : ['--force']), '--', path);
}

/** Moves a file out of the repository and out of git, as far as git has it. The folder is for the person to choose. */
export function moveOutAdvice(path: RepoPath, write: CommandWriter): string[] {
  const state = write.stateOf(path);
  const force = state === 'committed' ? [] : ['--force'];
  return [
    ...(state === 'untracked' ? [] : [write.shell('git', 'rm', '--cached', ...force, '--', path)]),
    write.shell('mv', '--', path, 'FOLDER'),
  ];
}
