import { Command, Option } from 'commander';
import { withFlags } from '../change-commands.ts';
import { type ChangeOptions, changeFlags, changeOptions } from '../change-options.ts';
import { globalFlags } from '../global-options.ts';
import { npx } from '../program.ts';
import { collect, onlyText, refuseForeignFlags, saidBy, textsOf } from '../said-by.ts';
import { type FileTarget, targetFlags, targetOf } from './file-arguments.ts';

export interface SecretsDeleteOptions extends ChangeOptions {
  verb: 'delete';
  /** By name, or by the path of one file. */
  target: FileTarget;
  /** The name once more, given instead of typing it at a prompt. */
  confirm: string | undefined;
}

const description = `Delete a Secret: its encrypted files, its name in flux-repo.yaml, and what refers
to it. Needs no private key.

Flux then deletes the Secret in the cluster; what still uses it is for you to
change. The values stay in git's history, readable with today's keys.`;

/** `secrets delete`. */
export function secretsDeleteCommand(onRun: (options: SecretsDeleteOptions) => void): Command {
  const command = withFlags(
    new Command('delete').description(description).argument('<name>', 'its name, or the path of one file'),
    [
      ...targetFlags(),
      new Option('--confirm <name>', 'the name again, where nobody is asked')
        .argParser(collect)
        .helpGroup('Behaviour:'),
      ...changeFlags(),
      ...globalFlags(['config']),
    ],
    `  ${npx} secrets delete db --app web\n  Without being asked:\n    ${npx} secrets delete db --app web --confirm db --yes`,
  );
  return command.action((target: string) => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    const confirm = onlyText('--confirm', textsOf('confirm', said));
    onRun({ ...changeOptions(said), verb: 'delete', target: targetOf(target, said), confirm });
  });
}
