import { Command, Option } from 'commander';
import { withFlags } from '../change-commands.ts';
import { type GlobalOptions, globalFlags, globalOptions } from '../global-options.ts';
import { npx } from '../program.ts';
import { onlyText, refuseForeignFlags, saidBy, textsOf } from '../said-by.ts';
import { type FileTarget, identityFlag, targetFlags, targetOf } from './file-arguments.ts';

export interface SecretsShowOptions extends GlobalOptions {
  verb: 'show';
  target: FileTarget;
  /** KEY as typed; the whole file without it. */
  key: string | undefined;
  /** Also where stdout is no terminal. */
  force: boolean;
  keysDirectory: string | undefined;
}

const description = `Show an encrypted file in plain text, or one of its values. Needs a private key
that opens it.

Prints on a terminal only. Into a pipe, a file or JSON it goes with --force: what
is written there in plain text is yours to remove. One value is printed as it is;
what is no text is printed in base64.`;

/** `secrets show`. */
export function secretsShowCommand(onRun: (options: SecretsShowOptions) => void): Command {
  const command = withFlags(
    new Command('show')
      .description(description)
      .argument('<file>', 'its path, or NAME')
      .argument('[key]', 'its key; without it the whole file'),
    [
      new Option('--force', 'print where there is no terminal too').helpGroup('Behaviour:'),
      ...targetFlags(),
      identityFlag(),
      ...globalFlags(['config', 'yes', 'dryRun']),
    ],
    `  ${npx} secrets show db password --app web --environment staging`,
  );
  return command.action((target: string, key: string | undefined) => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    onRun({
      ...globalOptions(said),
      verb: 'show',
      target: targetOf(target, said),
      key,
      force: said.get('force') === true,
      keysDirectory: onlyText('--keys-dir', textsOf('keysDir', said)),
    });
  });
}
