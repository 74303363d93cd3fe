import { Command, Option } from 'commander';
import { withFlags } from '../change-commands.ts';
import { type GlobalOptions, globalFlags, globalOptions } from '../global-options.ts';
import { npx } from '../program.ts';
import { collect, onlyText, refuseForeignFlags, saidBy, textsOf } from '../said-by.ts';

/** What was said to `secrets verify`. */
export interface VerifyOptions extends GlobalOptions {
  verb: 'verify';
  /** `--cluster`: only this one. */
  cluster: string | undefined;
  /** A warning fails too. */
  strict: boolean;
  keysDirectory: string | undefined;
}

/** `secrets verify`: private keys are used where they are at hand. */
export function verifyCommand(onRun: (options: VerifyOptions) => void): Command {
  const command = withFlags(
    new Command('verify').description(
      'Prove the encrypted files: each is whole and nothing in it is plain text, its readers are those of .sops.yaml, every cluster can read what it reconciles and nothing of another environment. Private keys are used where they are at hand; without them the public ones must do.',
    ),
    [
      option('--cluster <name>', 'only this cluster, and what it reconciles').argParser(collect),
      option('--strict', 'fail on warnings too, such as files that no key here opens'),
      option('--keys-dir <dir>', 'where the private keys are (default: in ~/.config)').argParser(collect),
      ...globalFlags(['config']),
    ],
    `  Everything, with the keys of this machine:\n    ${npx} secrets verify\n  What one cluster will be able to read:\n    ${npx} secrets verify --cluster production`,
  );
  return command.action(() => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    onRun({
      ...globalOptions(said),
      verb: 'verify',
      cluster: onlyText('--cluster', textsOf('cluster', said)),
      strict: said.get('strict') === true,
      keysDirectory: onlyText('--keys-dir', textsOf('keysDir', said)),
    });
  });
}

function option(flags: string, about: string): Option {
  return new Option(flags, about).helpGroup('Behaviour:');
}
