import type { CheckingTool } from '../../check/checked-repository.ts';
import { npx, version } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';

/** This program, as it names itself in hints. */
export const checkingTool: CheckingTool = {
  version,
  write: {
    tool: (...words) => `${npx} ${shellCommand(words)}`,
    shell: (...words) => shellCommand(words),
  },
};
