import { Command, Option } from 'commander';
import { usageError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { type Protection, protections } from '../publish/steps/publish-steps.ts';
import { withFlags } from './change-commands.ts';
import { type GlobalOptions, globalFlags, globalOptions } from './global-options.ts';
import { npx } from './program.ts';
import { type ReachOptions, reachFlags, reachOptions } from './reach-options.ts';
import { collect, onlyText, refuseForeignFlags, saidBy, textsOf } from './said-by.ts';

export interface PublishOptions extends GlobalOptions, ReachOptions {
  protection: Protection;
  /** What earlier runs wrote is committed first. */
  commit: boolean;
  /** `--keys-dir`, as typed. */
  keysDirectory: string | undefined;
}

/** `publish`: the repository to its provider. */
export function publishCommand(onRun: (options: PublishOptions) => void): Command {
  const command = withFlags(
    new Command('publish').description(
      'Bring the repository to the provider that flux-repo.yaml names: create it there, push, give each cluster a read-only deploy key, protect the branch. What is done already is not done again.',
    ),
    [
      ...reachFlags(),
      new Option('--commit', 'commit first what was generated and is in no commit').helpGroup('Behaviour:'),
      new Option('--protection <level>', `how the branch is protected (${protections.join(', ')}; default: basic)`)
        .argParser(collect)
        .helpGroup('Behaviour:'),
      new Option('--keys-dir <dir>', 'where the private keys are (default: in ~/.config)')
        .argParser(collect)
        .helpGroup('Behaviour:'),
      ...globalFlags(['config']),
    ],
    `  See first what it would do; the provider is only read:\n    GITHUB_TOKEN=… ${npx} publish --dry-run\n  Do it:\n    GITHUB_TOKEN=… ${npx} publish --yes`,
  );
  return command.action(() => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    onRun({
      ...globalOptions(said),
      ...reachOptions(said),
      commit: said.get('commit') === true,
      protection: protectionOf(onlyText('--protection', textsOf('protection', said))),
      keysDirectory: onlyText('--keys-dir', textsOf('keysDir', said)),
    });
  });
}

function protectionOf(text = 'basic'): Protection {
  const level = protections.find((known) => known === text);
  if (level !== undefined) return level;
  throw usageError(`--protection knows no "${text}"; it knows ${protections.join(', ')}`, {
    hint: `--protection ${nearest(text, protections) ?? 'basic'}`,
  });
}
