import { Command, Option } from 'commander';
import { usageError } from '../../errors.ts';
import { withFlags } from '../change-commands.ts';
import { type GlobalOptions, globalFlags, globalOptions } from '../global-options.ts';
import { npx } from '../program.ts';
import { collect, onlyText, refuseForeignFlags, saidBy, textsOf } from '../said-by.ts';
import { kubeFlags, kubeOptions } from './kube-options.ts';

export interface PushKeyOptions extends GlobalOptions {
  verb: 'push-key';
  cluster: string;
  context: string;
  kubeconfig: string | undefined;
  keysDirectory: string | undefined;
  isPruning: boolean;
  confirmed: readonly string[];
}

/** `secrets push-key`: the cluster gets the keys that it decrypts with. */
export function pushKeyCommand(onRun: (options: PushKeyOptions) => void): Command {
  const command = withFlags(
    new Command('push-key')
      .description(
        'Give a cluster its private keys: in Secret flux-system/sops-age, beside those it has. They go through the standard input of kubectl, and what is there afterwards is read back. Needs the private keys of the cluster.',
      )
      .argument('<cluster>', 'name of a cluster'),
    [
      ...kubeFlags('the context of the kubeconfig that leads to the cluster'),
      new Option('--prune', 'afterwards, remove keys of ours that flux-repo.yaml no longer has').helpGroup(
        'Behaviour:',
      ),
      new Option('--confirm <cluster>', 'it is this cluster, whatever it says itself')
        .argParser(collect)
        .helpGroup('Behaviour:'),
      new Option('--keys-dir <dir>', 'where the private keys are (default: in ~/.config)')
        .argParser(collect)
        .helpGroup('Behaviour:'),
      ...globalFlags(['config']),
    ],
    `  ${npx} secrets push-key eu --context admin@eu\n  After a rotation, when the cluster has the last commit:\n    ${npx} secrets push-key eu --context admin@eu --prune`,
  );
  return command.action((cluster: string) => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    const { contexts, kubeconfig } = kubeOptions(said);
    const context = onlyText('--context', contexts.length === 0 ? undefined : contexts);
    if (context === undefined)
      throw usageError('push-key needs to know the context of the cluster', {
        why: ["kubectl's current context is never taken: it may be any cluster."],
        hint: 'Name it with --context; kubectl config get-contexts lists them.',
      });
    onRun({
      ...globalOptions(said),
      verb: 'push-key',
      cluster,
      context,
      kubeconfig,
      keysDirectory: onlyText('--keys-dir', textsOf('keysDir', said)),
      isPruning: said.get('prune') === true,
      confirmed: textsOf('confirm', said) ?? [],
    });
  });
}
