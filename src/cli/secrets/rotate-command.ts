import { Command, Option } from 'commander';
import { usageError } from '../../errors.ts';
import type { RotationScope } from '../../secrets/rotation/key-rotation.ts';
import { withFlags } from '../change-commands.ts';
import { type ChangeOptions, changeFlags, changeOptions } from '../change-options.ts';
import { globalFlags } from '../global-options.ts';
import { npx } from '../program.ts';
import { collect, onlyText, refuseForeignFlags, type Said, saidBy, textsOf } from '../said-by.ts';
import { kubeFlags, kubeOptions } from './kube-options.ts';

export interface RotateOptions extends ChangeOptions {
  verb: 'rotate';
  scope: RotationScope;
  isStatus: boolean;
  /** `CONTEXT`, or `CLUSTER=CONTEXT`. */
  contexts: readonly string[];
  kubeconfig: string | undefined;
  /** Clusters for which a person vouches. */
  confirmed: readonly string[];
  /** Whether a key that was replaced today may be replaced once more. */
  isAgain: boolean;
}

/** `secrets rotate`: keys of clusters are replaced, in stages. */
export function rotateCommand(onRun: (options: RotateOptions) => void): Command {
  const command = withFlags(
    new Command('rotate').description(
      'Replace keys of clusters, in stages; run it again for the next one. First everything is encrypted for a new key as well. When every cluster holds it (secrets push-key) and that is proven, the old key goes, and all files get new data keys. Needs a private key that opens the files.',
    ),
    [
      ...[
        new Option('--cluster <name>', 'the key of one cluster').argParser(collect),
        new Option('--environment <name>', 'the keys of an environment').argParser(collect),
        new Option('--all', 'every key of clusters and environments'),
        new Option('--status', 'show where each rotation stands, change nothing; needs no key'),
      ].map((option) => option.helpGroup('Which:')),
      ...kubeFlags('where the new key is looked for; with several clusters CLUSTER=CONTEXT, repeated'),
      new Option('--confirm <cluster>', 'I have seen that this cluster holds the new key (repeatable)')
        .argParser(collect)
        .helpGroup('Cluster:'),
      new Option('--again', 'begin anew, though it was rotated today').helpGroup('Behaviour:'),
      ...changeFlags(),
      ...globalFlags(['config']),
    ],
    `  ${npx} secrets rotate --cluster eu --commit\n  git push, then give the cluster its new key beside the old:\n    ${npx} secrets push-key eu --context admin@eu\n  Prove it, and end the rotation:\n    ${npx} secrets rotate --cluster eu --context admin@eu --commit`,
  );
  return command.action(() => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    const isStatus = said.get('status') === true;
    onRun({
      ...changeOptions(said),
      ...kubeOptions(said),
      verb: 'rotate',
      scope: scopeOf(said, isStatus),
      isStatus,
      confirmed: textsOf('confirm', said) ?? [],
      isAgain: said.get('again') === true,
    });
  });
}

function scopeOf(said: Said, isStatus: boolean): RotationScope {
  const cluster = onlyText('--cluster', textsOf('cluster', said));
  const environment = onlyText('--environment', textsOf('environment', said));
  const scopes: RotationScope[] = [
    ...(cluster === undefined ? [] : [{ kind: 'cluster' as const, name: cluster }]),
    ...(environment === undefined ? [] : [{ kind: 'environment' as const, name: environment }]),
    ...(said.get('all') === true ? [{ kind: 'all' as const }] : []),
  ];
  const [scope] = scopes;
  if (scopes.length === 1 && scope !== undefined) return scope;
  if (scopes.length === 0 && isStatus) return { kind: 'all' };
  throw usageError(scopes.length === 0 ? 'rotate needs to know which keys' : 'rotate takes one of its scopes', {
    hint: 'Give one of --cluster NAME, --environment NAME, --all; to look first: --status',
  });
}
