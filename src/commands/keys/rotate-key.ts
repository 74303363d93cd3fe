import type { Io } from '../../cli/io.ts';
import type { ClusterKeyOptions } from '../../cli/keys-command.ts';
import type { NextStep, Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { ExpectedError, usageError } from '../../errors.ts';
import { deployKeyFolder, readDeployKey } from '../../secrets/deploy-keys/deploy-key-folder.ts';
import { pathBelowHome } from '../next-steps.ts';
import { lookAtSteps, runSteps } from '../run-steps.ts';
import { askToGoOn, outcomeOfKeys, requireCluster, requireDeployKeys } from './key-words.ts';
import { openKeys } from './open-keys.ts';
import { newKeySteps, oldKeySteps, type Rotation } from './rotation-steps.ts';

/**
 * `keys rotate`: a new key beside the old one, proven; when the cluster has it, which `--confirm` says, the old one goes.
 * Between the two, and after a killed run, the same command goes on.
 *
 * @throws ExpectedError (`nothing-to-confirm`: no rotation is under way), Cancelled: as long as nothing is written; later they are the outcome's `failure`
 */
export async function rotateKey(io: Io, options: ClusterKeyOptions): Promise<Outcome> {
  const { cluster, confirmed, dryRun } = options;
  const opened = await openKeys(io, options);
  requireDeployKeys(opened.model);
  requireCluster(opened.model, cluster);
  const words = ['keys', 'rotate', cluster];
  if (confirmed !== undefined && confirmed !== cluster)
    throw usageError(`--confirm says ${confirmed}, not ${cluster}`, { hint: `--confirm ${cluster}` });
  const wasBegun = (await readDeployKey(deployKeyFolder(opened.folder, cluster, true))) !== undefined;
  if (confirmed !== undefined && !wasBegun) throw nothingToConfirm(cluster, words);
  const rotation: Rotation = { ...opened, cluster, again: `${npx} ${shellCommand([...words, '--yes'])}` };
  const isEnding = confirmed !== undefined || (wasBegun && io.interactive);
  const steps = [...newKeySteps(rotation), ...(isEnding ? oldKeySteps(rotation) : [])];
  const about = { opened, words, dryRun };
  if (dryRun)
    return outcomeOfKeys(io, about, { records: await lookAtSteps(io, steps), did: [] }, { done: '', nextSteps: [] });
  if (!options.yes)
    await askToGoOn(
      io,
      words,
      wasBegun ? `Does ${cluster} have the new key?` : `Replace the deploy key of ${cluster}?`,
    );
  const run = await runSteps(io, steps);
  const done = isEnding
    ? `${cluster} has a new deploy key, and the old one is gone.`
    : `${cluster} has a second deploy key.`;
  return outcomeOfKeys(io, about, run, { done, nextSteps: isEnding ? [] : giveIt(io, rotation, words) });
}

/** Nobody can have given the cluster a key that is not made yet; and after a last run that was killed late, all is done. */
function nothingToConfirm(cluster: string, words: readonly string[]): ExpectedError {
  return new ExpectedError({
    code: 'nothing-to-confirm',
    exitCode: 3,
    message: `${cluster} has no new deploy key that could be confirmed`,
    why: ['No rotation is under way: its one key is the one that it reads the repository with. Nothing was changed.'],
    hint: `${npx} ${shellCommand([...words, '--yes'])} makes a new one`,
  });
}

function giveIt(io: Io, { cluster, folder }: Rotation, words: readonly string[]): NextStep[] {
  const next = pathBelowHome(io, deployKeyFolder(folder, cluster, true));
  return [
    {
      text: `Point kubectl at ${cluster} and give it the new key, then see that it reads the repository:`,
      commands: [
        `kubectl -n flux-system create secret generic flux-system --from-file=${next} --dry-run=client -o yaml | kubectl apply -f -`,
        'flux reconcile source git flux-system',
      ],
    },
    {
      text: 'Then remove the old key:',
      commands: [`${npx} ${shellCommand([...words, '--yes', '--confirm', cluster])}`],
    },
  ];
}
