import type { CheckingTool } from '../../check/checked-repository.ts';
import { npx, version } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import type { FileState } from '../../git/file-states.ts';
import type { RepoPath } from '../../tree/repo-path.ts';

/**
 * This program, as it names itself in hints.
 *
 * @param stateOf how far git knows each file; files of a plan are not written yet
 */
export function checkingTool(stateOf: (path: RepoPath) => FileState): CheckingTool {
  return {
    version,
    write: {
      tool: (...words) => `${npx} ${shellCommand(words)}`,
      shell: (...words) => shellCommand(words),
      stateOf,
    },
  };
}
