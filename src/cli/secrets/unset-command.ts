import { Command } from 'commander';
import { withFlags } from '../change-commands.ts';
import { type ChangeOptions, changeOptions } from '../change-options.ts';
import { globalFlags } from '../global-options.ts';
import { npx } from '../program.ts';
import { refuseForeignFlags, saidBy } from '../said-by.ts';
import { decryptingFlags, type FileTarget, targetFlags, targetOf } from './file-arguments.ts';

export interface SecretsUnsetOptions extends ChangeOptions {
  verb: 'unset';
  target: FileTarget;
  /** KEY as typed. */
  key: string;
}

/** `secrets unset`. */
export function secretsUnsetCommand(onRun: (options: SecretsUnsetOptions) => void): Command {
  const command = withFlags(
    new Command('unset')
      .description(
        'Take one key out of an encrypted file. Needs a private key that opens it, since\nthe seal over all values is made anew. git keeps the old file in its history.',
      )
      .argument('<file>', 'its path, or NAME')
      .argument('<key>', 'its key'),
    [...targetFlags(), ...decryptingFlags(), ...globalFlags(['config'])],
    `  ${npx} secrets unset db old-password --app web \\\n    --environment production`,
  );
  return command.action((target: string, key: string) => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    onRun({ ...changeOptions(said), verb: 'unset', target: targetOf(target, said), key });
  });
}
