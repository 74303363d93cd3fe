import { Command } from 'commander';
import { withFlags } from '../change-commands.ts';
import { type GlobalOptions, globalFlags, globalOptions } from '../global-options.ts';
import { npx } from '../program.ts';
import { refuseForeignFlags, saidBy } from '../said-by.ts';

/** What was said to `secrets list`. */
export interface ListOptions extends GlobalOptions {
  verb: 'list';
}

/** `secrets list`: needs no private key. */
export function listCommand(onRun: (options: ListOptions) => void): Command {
  const command = withFlags(
    new Command('list').description(
      'List the encrypted files: the keys in each (names, never values), who can read it, and what decrypts it on which clusters. Needs no private key.',
    ),
    globalFlags(['config']),
    `  ${npx} secrets list\n  Whom the files name as readers, for a script:\n    ${npx} secrets list --json`,
  );
  return command.action(() => {
    refuseForeignFlags(command);
    onRun({ ...globalOptions(saidBy(command)), verb: 'list' });
  });
}
