import type { Secret } from '../../secrets/secret.ts';
import type { Step } from '../../step.ts';
import { ProviderError, redactedBy } from '../failure.ts';
import type { Hook, Repository } from '../provider.ts';
import { isUncertain, type Publishing } from '../publishing.ts';
import { redactorOf } from '../redactor.ts';
import { repositoryOfTeam } from '../repository-of-team.ts';
import { waitForNew } from '../wait-for-new.ts';

/** A cluster that the server is to tell of pushes. */
export interface WantedHook {
  /** Of the step: `webhook-receiver-eu`. */
  id: string;
  cluster: string;
  /** `https://flux-webhook.example.com/hook/…` */
  url: string;
  /** The repository of a team; undefined for the one that is published. */
  source: string | undefined;
  /** Opens the Secret of the Receiver; undefined where no private key here does. @throws ExpectedError */
  token(): Promise<Secret | undefined>;
}

/**
 * Registers the webhook that a Receiver waits for, with the token that the Receiver knows: looks for it by its address,
 * adds it, reads it back. One that is there keeps its settings.
 */
export function webhookStep(publishing: Publishing, wanted: WantedHook): Step {
  const { id, cluster, url, source } = wanted;
  const { provider, journal } = publishing;
  const ours = async (repository: Repository) =>
    (await hooksOf(publishing, repository)).find((hook) => hook.url === url);
  return {
    id,
    title: `Let ${source ?? provider.host} tell ${cluster} of pushes, by a webhook`,
    isIndependent: true,
    async isDone() {
      const repository = await placeOfHook(publishing, source);
      if (repository === undefined || repository.admin === false) return false;
      return (await ifVisible(() => ours(repository)))?.active === true;
    },
    async run() {
      const repository = await placeOfHook(publishing, source);
      if (repository === undefined)
        return { skipped: 'its repository is on another server, not there yet, or not visible to this account' };
      if (repository.admin === false) return { skipped: 'webhooks take administration rights there' };
      const there = await ours(repository);
      if (there !== undefined) return there.active ? undefined : { skipped: 'it is there, and switched off' };
      const secret = await wanted.token();
      if (secret === undefined) return { skipped: 'no private key here opens its token' };
      await journal.intend(id);
      const refused = await addHook(publishing, repository, { url, secret });
      if (refused !== undefined) return { skipped: refused };
      await journal.complete(id, (await ours(repository))?.id);
      return undefined;
    },
  };
}

/** @returns why the server does not take the address, which a person may have to open a way to first */
async function addHook(
  publishing: Publishing,
  repository: Repository,
  hook: { url: string; secret: Secret },
): Promise<string | undefined> {
  const { provider, found } = publishing;
  found.hooks.delete(repository.fullName);
  try {
    await waitForNew(publishing, () => provider.addHook(repository, hook));
    return undefined;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const failure = redactedBy(error, redactorOf([hook.secret]));
    if (failure.code === 'hook-refused')
      return `${provider.host} refuses it: ${failure.facts.why[0] ?? ''}`.replace(/[.:\s]+$/, '');
    const mayBeThere = isUncertain(failure);
    if (mayBeThere && (await hooksOf(publishing, repository)).some(({ url }) => url === hook.url)) return undefined;
    throw failure;
  }
}

/** The webhooks of a repository, read once until one is added. @throws ProviderError */
async function hooksOf(publishing: Publishing, repository: Repository): Promise<readonly Hook[]> {
  const { provider, found } = publishing;
  const known = found.hooks.get(repository.fullName);
  if (known !== undefined) return known;
  const hooks = await waitForNew(publishing, () => provider.listHooks(repository));
  found.hooks.set(repository.fullName, hooks);
  return hooks;
}

async function placeOfHook(
  { provider, found }: Publishing,
  source: string | undefined,
): Promise<Repository | undefined> {
  const { repository } = found;
  if (source === undefined || repository === undefined) return repository;
  const ref = repositoryOfTeam(source, repository);
  return ref && provider.getRepository(ref);
}

/** While looking, what cannot be read is not there; the step itself says why. */
async function ifVisible<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  return work().catch((error: unknown) => {
    if (error instanceof ProviderError && error.facts.step === 'webhook') return undefined;
    throw error;
  });
}
