import { Command, Option } from 'commander';
import { withFlags } from '../change-commands.ts';
import { type ChangeOptions, changeOptions } from '../change-options.ts';
import { globalFlags } from '../global-options.ts';
import { npx } from '../program.ts';
import { collect, onlyText, refuseForeignFlags, saidBy, textsOf } from '../said-by.ts';
import { decryptingFlags, type FileTarget, targetFlags, targetOf } from './file-arguments.ts';
import { refuseValues } from './refuse-values.ts';

export interface SecretsSetOptions extends ChangeOptions {
  verb: 'set';
  target: FileTarget;
  /** KEY as typed: the name of a key, or the path of a value. */
  key: string;
  /** The file that holds the value, as typed. */
  fromFile: string | undefined;
}

const file = 'apps/overlays/production/web/db.sops.yaml';

const examples = `  Ask for the value:
    ${npx} secrets set ${file} password
  By name:
    ${npx} secrets set db password --app web --environment production
  From another program:
    openssl rand -base64 24 | ${npx} secrets set ${file} password --yes`;

const description = `Set one value of an encrypted file. Needs a private key that opens it.

The value comes from --from-file (every byte of it), from stdin when that is no
terminal (without one line break at its end), or from a prompt that does not show
it. KEY is a key of the Secret, or the path of any value: stringData.password,
data["tls.crt"]. Below data it is put into base64 for you. The other values keep
their ciphertext.`;

/** `secrets set`. */
export function secretsSetCommand(onRun: (options: SecretsSetOptions) => void): Command {
  const command = withFlags(
    new Command('set').description(description).argument('<file>', 'its path, or NAME').argument('<key>', 'its key'),
    [
      new Option('--from-file <file>', 'the file that holds the value').argParser(collect).helpGroup('Value:'),
      ...targetFlags(),
      ...decryptingFlags(),
      ...globalFlags(['config']),
    ],
    examples,
  ).allowExcessArguments();
  return command.action((target: string, key: string) => {
    refuseForeignFlags(command);
    refuseValues(command.args, 2, `${npx} secrets set FILE KEY --from-file FILE`);
    const said = saidBy(command);
    const fromFile = onlyText('--from-file', textsOf('fromFile', said));
    onRun({ ...changeOptions(said), verb: 'set', target: targetOf(target, said), key, fromFile });
  });
}
