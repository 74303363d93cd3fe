import { join } from 'node:path';
import type { Io } from '../../cli/io.ts';
import { npx } from '../../cli/program.ts';
import { shellQuote } from '../../cli/shell-quote.ts';
import { ExpectedError } from '../../errors.ts';
import { nearestFolder } from '../../git/future-path.ts';
import { requireGitForTokens } from '../../git/git-version.ts';
import type { GitCall } from '../../git/run-git.ts';
import type { Model } from '../../model/model.ts';
import { stateFolder } from '../../plan/state-folder.ts';
import { type FailureFacts, ProviderError } from '../../publish/failure.ts';
import { hasWorkflows, localCommit, type RemoteHistory, remoteHistory } from '../../publish/git/remote-history.ts';
import { type Preflight, type Publication, preflight } from '../../publish/preflight.ts';
import type { PublishStep } from '../../publish/provider.ts';
import { openJournal } from '../../publish/publish-journal.ts';
import { type Publishing, remoteOf } from '../../publish/publishing.ts';
import { newness } from '../../publish/wait-for-new.ts';
import { oneError } from '../one-error.ts';
import type { CommitFirst } from './commit-first.ts';
import type { Reached } from './reach-provider.ts';
import { gitLogin } from './reach-provider.ts';
import { refuseAhead, refuseHistory } from './refuse-history.ts';

/** A repository of ours that is to be published. */
export interface Publishable {
  model: Model;
  /** Absolute. */
  root: string;
  /** As the person gave it. */
  shown: string;
  /** It is not there yet: only a dry run can be made of it. */
  isPlanned: boolean;
  /** What is committed before anything is sent. */
  first?: CommitFirst;
}

/** All that was found out before anything is written. */
export interface PreparedPublishing {
  publishing: Publishing;
  /** What may go wrong, or will be left undone. */
  warnings: readonly FailureFacts[];
}

/** Of a repository that is not made yet: no branch is at it. */
const plannedCommit = '0'.repeat(40);

/**
 * Reads what publishing comes to, here and at the provider.
 *
 * @param steps what is to be done at the provider
 * @throws ExpectedError with everything that stands against it
 */
export async function preparePublishing(
  io: Io,
  { model, root, shown, isPlanned, first }: Publishable,
  reached: Reached,
  steps: ReadonlySet<PublishStep>,
): Promise<PreparedPublishing> {
  const call: GitCall = { cwd: await nearestFolder(root), env: io.env, signal: io.signal };
  const { branch, visibility } = model.repository;
  const present = isPlanned ? undefined : await localCommit(branch, call);
  const commit = present ?? (isPlanned || first?.step !== undefined ? plannedCommit : undefined);
  if (commit === undefined) throw nothingCommitted(branch, shown);
  if (reached.credential !== undefined) await requireGitForTokens(call);
  const { provider, ref, credential, web, caFile, redact } = reached;
  const publication: Publication = {
    ...{ ref, branch, visibility, steps },
    hasWorkflows: present === undefined ? model.repository.provider === 'github' : await hasWorkflows(present, call),
    tokenFrom: credential?.from ?? 'git',
    now: new Date(),
  };
  const found = await preflight(provider, publication);
  const { host } = provider;
  const path = join(stateFolder(root).folder, 'state.json');
  const journal = await openJournal(path, { host, repository: `${ref.owner}/${ref.name}` });
  const publishing: Publishing = {
    ...{ provider, publication, journal },
    local: { branch, commit },
    git: { call, login: found.errors.length === 0 ? await gitLogin(reached) : undefined, caFile, web, redact },
    found: {
      namespace: found.namespace,
      repository: found.repository,
      newUntil: journal.hasBegun('repository') && !journal.isDone('push') ? Date.now() + newness : 0,
      history: { standing: 'empty' },
      keys: new Map(),
      hooks: new Map(),
    },
  };
  const errors = [...found.errors.map((facts) => new ProviderError(facts)), ...(await look(publishing, found, first))];
  const error = oneError(errors);
  if (error !== undefined) throw error;
  return { publishing, warnings: found.warnings };
}

/** What git finds there; without a good token it is not asked, since each refusal counts against the account. */
async function look(
  publishing: Publishing,
  { repository, errors }: Preflight,
  first: CommitFirst | undefined,
): Promise<ExpectedError[]> {
  if (repository === undefined || errors.length > 0) return [];
  const { found, local } = publishing;
  try {
    found.history = await historyOf(publishing, repository);
    refuseHistory(publishing, repository, local.branch);
    if (first?.step !== undefined) refuseAhead(publishing, repository, local.branch);
    return [];
  } catch (error) {
    if (error instanceof ExpectedError) return [error];
    throw error;
  }
}

function historyOf(publishing: Publishing, repository: Parameters<typeof remoteOf>[1]): Promise<RemoteHistory> {
  return remoteHistory(remoteOf(publishing, repository), publishing.local);
}

function nothingCommitted(branch: string, shown: string): ExpectedError {
  return new ExpectedError({
    code: 'nothing-committed',
    exitCode: 1,
    message: `there is nothing to publish: branch ${branch} has no commit here`,
    why: ['What is published is what is committed.'],
    hint: `${npx} ${shellQuote(shown)}`,
  });
}
