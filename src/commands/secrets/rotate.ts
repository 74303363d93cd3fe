import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { RotateOptions } from '../../cli/secrets/rotate-command.ts';
import { ExpectedError } from '../../errors.ts';
import { listFiles } from '../../git/list-files.ts';
import { encryptedFiles } from '../../secrets/readers/encrypted-files.ts';
import { carryOut } from '../carry-out.ts';
import { openRepository } from '../open-repository.ts';
import { clusterContexts } from './cluster-contexts.ts';
import { finishKeyFiles } from './finish-key-files.ts';
import { proposeOverlap } from './propose-overlap.ts';
import { proposeRotationEnd } from './propose-rotation-end.ts';
import { proveNewKeys } from './prove-new-keys.ts';
import { refuseUnknownScope } from './refuse-unknown-scope.ts';
import { requireSops } from './require-sops.ts';
import { type StagedKey, stagedKeys } from './rotation-signs.ts';
import { rotationStatus } from './rotation-status.ts';
import { clustersWith, shownKey } from './rotation-words.ts';

/**
 * Takes keys of clusters one stage further, from what it finds: nothing but the model, the files and the keys folder
 * remembers where a rotation stands. Keys that are under way go on together; while one is, none is begun.
 *
 * @throws ExpectedError; with exit code 3 while something is awaited of people
 */
export async function rotate(io: Io, options: RotateOptions): Promise<Outcome> {
  const readOnly = options.dryRun || options.isStatus;
  const repository = await openRepository(io, { directory: options.directory, readOnly });
  const { model, tree, root } = repository;
  requireSops(model);
  const files = encryptedFiles(tree, await listFiles(root, io));
  const keys = await stagedKeys(io, model, files, options);
  refuseUnknownScope(model, options.scope, keys);
  const contexts = clusterContexts(options.contexts, clustersWith(keys));
  if (options.isStatus) return rotationStatus(io, repository, keys, { scope: options.scope, contexts });
  const at = (...stages: readonly StagedKey['stage'][]) => keys.filter(({ stage }) => stages.includes(stage));
  refuseKeyless(at('none'));
  const stage = { repository, options, contexts };
  if (at('key-files').length > 0) return finishKeyFiles(io, { ...stage, keys: at('key-files') });
  const underWay = at('rewrapping', 'overlap');
  if (underWay.length === 0 || at('rewrapping').length > 0)
    return carryOut(io, await proposeOverlap(io, { ...stage, keys: underWay.length === 0 ? keys : underWay }), options);
  const proof = await proveNewKeys(io, { ...stage, keys: underWay });
  if (proof.failure !== undefined) return proof;
  return carryOut(io, await proposeRotationEnd(io, { ...stage, keys: underWay }, proof.notes), options);
}

/** What every stage works on. */
export interface Stage {
  repository: Awaited<ReturnType<typeof openRepository>>;
  keys: readonly StagedKey[];
  options: RotateOptions;
  /** Cluster -> context of the kubeconfig, as far as they were given. */
  contexts: ReadonlyMap<string, string>;
}

function refuseKeyless(keys: readonly StagedKey[]): void {
  const [first] = keys;
  if (first === undefined) return;
  throw new ExpectedError({
    code: 'no-key-yet',
    exitCode: 1,
    message: `${shownKey(first.key)} has no key yet`,
    why: ['flux-repo.yaml has no recipient for it.'],
    hint: 'apply makes what is missing; it comes in force with the next commit',
  });
}
