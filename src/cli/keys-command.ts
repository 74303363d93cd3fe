import { Command, Option } from 'commander';
import { usageError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { withFlags } from './change-commands.ts';
import { type GlobalOptions, globalFlags, globalOptions } from './global-options.ts';
import { npx } from './program.ts';
import { type ReachOptions, reachFlags, reachOptions } from './reach-options.ts';
import { collect, onlyText, refuseForeignFlags, saidBy, textsOf } from './said-by.ts';
import { shellCommand } from './shell-quote.ts';

interface KeysReach extends GlobalOptions, ReachOptions {
  /** `--keys-dir`, as typed. */
  keysDirectory: string | undefined;
}

export interface KeysListOptions extends KeysReach {
  verb: 'list';
}

/** A verb for the key of one cluster. */
export interface ClusterKeyOptions extends KeysReach {
  verb: 'rotate' | 'revoke';
  cluster: string;
  /** The cluster's name again. */
  confirmed: string | undefined;
}

export type KeysOptions = KeysListOptions | ClusterKeyOptions;

type OnRun = (options: KeysOptions) => void;

/** `keys`: the deploy keys that clusters read the repository with. */
export function keysCommand(onRun: OnRun): Command {
  const command = new Command('keys')
    .usage('<verb> [options]')
    .description('Deploy keys: what each cluster reads the repository with. The keys that decrypt are under secrets.')
    .argument('[verb...]')
    .enablePositionalOptions()
    .helpCommand(false)
    .commandsGroup('Verbs:')
    .addCommand(listCommand(onRun))
    .addCommand(rotateCommand(onRun))
    .addCommand(revokeCommand(onRun));
  return command.action(() => {
    if (command.args.length === 0) return command.outputHelp();
    const [word = '', ...rest] = command.args;
    const known = ['list', 'rotate', 'revoke'];
    const meant = nearest(word, known);
    throw usageError(`keys knows no "${word}"; it knows ${known.join(', ')}`, {
      hint: meant === undefined ? `${npx} keys --help` : `${npx} ${shellCommand(['keys', meant, ...rest])}`,
    });
  });
}

function listCommand(onRun: OnRun): Command {
  const about = 'the deploy keys of the repository, and which of them are on this machine';
  const command = withFlags(
    new Command('list').summary(about).description(`Show ${about}. The provider is only read.`),
    [...reachFlags(), ...keysFlags(), ...globalFlags(['config', 'dryRun', 'yes'])],
    `  ${npx} keys list`,
  );
  return command.action(() => {
    refuseForeignFlags(command);
    onRun({ verb: 'list', ...keysReach(command) });
  });
}

function rotateCommand(onRun: OnRun): Command {
  const command = withFlags(
    new Command('rotate')
      .summary('replace the deploy key of a cluster without an outage')
      .description(
        'Replace the deploy key of a cluster. First a new one is added beside the old, and proven by reading the repository with it. When the cluster has it, the same command with --confirm removes the old one.',
      )
      .argument('<cluster>', 'name of a cluster'),
    clusterFlags('the cluster has the new key: remove the old one'),
    `  ${npx} keys rotate eu --yes\n  When the cluster has it:\n    ${npx} keys rotate eu --yes --confirm eu`,
  );
  return command.action((cluster: string) => onRun(clusterOptions('rotate', cluster, command)));
}

function revokeCommand(onRun: OnRun): Command {
  const command = withFlags(
    new Command('revoke')
      .summary('take the deploy key of a cluster away')
      .description(
        'Remove the deploy key of a cluster, at the provider and on this machine: its Flux reads no more commits. For a cluster that is lost or gone.',
      )
      .argument('<cluster>', 'name of a cluster; it need not be in flux-repo.yaml any more'),
    clusterFlags('I mean this cluster'),
    `  ${npx} keys revoke eu --confirm eu`,
  );
  return command.action((cluster: string) => onRun(clusterOptions('revoke', cluster, command)));
}

function clusterFlags(confirm: string): Option[] {
  return [
    ...reachFlags(),
    new Option('--confirm <cluster>', confirm).argParser(collect).helpGroup('Behaviour:'),
    ...keysFlags(),
    ...globalFlags(['config']),
  ];
}

function clusterOptions(verb: ClusterKeyOptions['verb'], cluster: string, command: Command): ClusterKeyOptions {
  refuseForeignFlags(command);
  const confirmed = onlyText('--confirm', textsOf('confirm', saidBy(command)));
  return { verb, cluster, confirmed, ...keysReach(command) };
}

function keysFlags(): Option[] {
  return [
    new Option('--keys-dir <dir>', 'where the private keys are (default: in ~/.config)')
      .argParser(collect)
      .helpGroup('Behaviour:'),
  ];
}

function keysReach(command: Command): KeysReach {
  const said = saidBy(command);
  const keysDirectory = onlyText('--keys-dir', textsOf('keysDir', said));
  return { ...globalOptions(said), ...reachOptions(said), keysDirectory };
}
