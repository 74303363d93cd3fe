import type { Io } from '../../cli/io.ts';
import type { KeysOptions } from '../../cli/keys-command.ts';
import { npx } from '../../cli/program.ts';
import { ExpectedError } from '../../errors.ts';
import type { GitCall } from '../../git/run-git.ts';
import type { Model } from '../../model/model.ts';
import { registeredKeys } from '../../publish/ensure-deploy-key.ts';
import type { RegisteredKey, Repository } from '../../publish/provider.ts';
import type { KeyPlace } from '../../publish/publishing.ts';
import type { Redactor } from '../../publish/redactor.ts';
import { keysFolder } from '../../secrets/keys-folder.ts';
import { openRepository } from '../open-repository.ts';
import { reachProvider } from '../publish/reach-provider.ts';

/** The deploy keys of a published repository. */
export interface OpenKeys {
  model: Model;
  place: KeyPlace;
  /** At the provider. */
  repository: Repository;
  /** As they were registered when this was opened. */
  registered: readonly RegisteredKey[];
  /** Of private keys, absolute. */
  folder: string;
  /** `cwd` is the repository. */
  call: GitCall;
  redact: Redactor;
}

/**
 * Opens the repository here and at its provider. Reads only.
 *
 * @throws ExpectedError `not-published`, `no-key-api`, ProviderError
 */
export async function openKeys(io: Io, options: KeysOptions): Promise<OpenKeys> {
  const { model, root } = await openRepository(io, { directory: options.directory, readOnly: true });
  const owner = { repository: model.repository.name, id: model.id, target: root };
  const folder = await keysFolder({ ...io, flag: options.keysDirectory }, owner);
  const { provider, ref, redact } = await reachProvider(io, model, options);
  if (!provider.can.has('deploy-key')) throw withoutApi(provider.host);
  const repository = await provider.getRepository(ref);
  if (repository === undefined) throw notPublished(`${ref.owner}/${ref.name} on ${provider.host}`);
  const call = { cwd: root, env: io.env, signal: io.signal };
  const place: KeyPlace = { provider, found: { keys: new Map(), newUntil: 0 }, git: { call } };
  const registered = await registeredKeys(place, repository);
  return { model, place, repository, registered, folder, call, redact };
}

function withoutApi(host: string): ExpectedError {
  return new ExpectedError({
    code: 'no-key-api',
    exitCode: 1,
    message: `${host} has no API for deploy keys`,
    why: ['It is a plain git server: a person adds keys and takes them away there.'],
    hint: 'The public halves are in the folder of the keys: deploy-key-<cluster>/identity.pub',
  });
}

function notPublished(where: string): ExpectedError {
  return new ExpectedError({
    code: 'not-published',
    exitCode: 1,
    message: `${where} is not there, or not visible to this account`,
    why: ['Deploy keys are those of the published repository.'],
    hint: `${npx} publish`,
  });
}
