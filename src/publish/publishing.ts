import type { GitCall } from '../git/run-git.ts';
import type { ProviderError } from './failure.ts';
import type { GitLogin, RemoteGit } from './git/remote-git.ts';
import type { RemoteHistory } from './git/remote-history.ts';
import type { Publication } from './preflight.ts';
import type { Hook, Namespace, Provider, RegisteredKey, Repository } from './provider.ts';
import type { PublishJournal } from './publish-journal.ts';
import type { Redactor } from './redactor.ts';

/** What the steps of publishing share. */
export interface Publishing {
  provider: Provider;
  publication: Publication;
  journal: PublishJournal;
  /** The branch here, as it is to be published. */
  local: { branch: string; commit: string };
  git: {
    /** `cwd` is the repository. */
    call: GitCall;
    login: GitLogin | undefined;
    caFile: string | undefined;
    /** The server as the person named it: `https://git.example.com`; git goes to no other origin. */
    web: string;
    redact: Redactor;
  };
  /** What is known by now; steps write down what they find or make. */
  found: Found;
}

export interface Found {
  namespace: Namespace | undefined;
  repository: Repository | undefined;
  /** We made it a moment ago, and until then (milliseconds, `Date.now()`) not all of the provider may know it; 0: it is known. */
  newUntil: number;
  history: RemoteHistory;
  /** Deploy keys by repository (`owner/name`), once they were read. */
  keys: Map<string, readonly RegisteredKey[]>;
  /** Webhooks, the same. */
  hooks: Map<string, readonly Hook[]>;
}

/** As much of it as deploy keys need. */
export interface KeyPlace {
  provider: Provider;
  found: Pick<Found, 'keys' | 'newUntil'>;
  git: { call: Pick<GitCall, 'signal'> };
}

/** The repository, which an earlier step has made. */
export function repositoryOf({ found: { repository } }: Publishing): Repository {
  if (repository === undefined) throw new Error('publishing went on without a repository');
  return repository;
}

/**
 * The repository as git reaches it. A server behind another name or port tells addresses with its own idea of itself:
 * the path counts, and the origin is the one that the person named, since the token goes there.
 */
export function remoteOf({ git, provider }: Pick<Publishing, 'git' | 'provider'>, repository: Repository): RemoteGit {
  const { call, login, caFile, redact } = git;
  const url = `${new URL(git.web).origin}${new URL(repository.httpsUrl).pathname}`;
  return { url, shown: `${repository.fullName} on ${provider.host}`, call, login, caFile, redact };
}

/** Whether a write may have been carried out although its answer did not arrive. */
export function isUncertain({ code }: ProviderError): boolean {
  return code === 'provider-failed' || code.startsWith('network-');
}
