import { type FailureFacts, isFinal, ProviderError } from './failure.ts';
import { judgeAccount } from './judge-account.ts';
import { judgeNamespace, judgeProtection, judgeRepository } from './judge-place.ts';
import type { Account, Namespace, Provider, PublishStep, Repository, RepositoryRef } from './provider.ts';

/** What is to be published, and where. */
export interface Publication {
  ref: RepositoryRef;
  branch: string;
  visibility: Repository['visibility'];
  /** What is to be done there. */
  steps: ReadonlySet<PublishStep>;
  /** The commit has files that only a token with a scope for it may push: `.github/workflows`. */
  hasWorkflows: boolean;
  /** Where the token was found, for messages. */
  tokenFrom: string;
  now: Date;
}

/** What was found before anything is written. */
export interface Preflight {
  account?: Account;
  namespace?: Namespace;
  /** Absent: it is to be made, or not visible. */
  repository?: Repository;
  /** Everything that would stop it; all of them, not the first. */
  errors: readonly FailureFacts[];
  /** What may go wrong, or will be left undone. */
  warnings: readonly FailureFacts[];
}

/** A problem and how grave it is. */
export interface Judgement {
  severity: 'error' | 'warning';
  facts: FailureFacts;
}

/**
 * Reads what would go wrong, and writes nothing. Everything is looked at before anything is said, so that a person puts
 * all of it right at once.
 *
 * @throws Cancelled
 */
export async function preflight(provider: Provider, publication: Publication): Promise<Preflight> {
  const found: Judgement[] = [];
  const noted = async <Result>(
    work: () => Promise<Result>,
    severity: Judgement['severity'] = 'error',
  ): Promise<Result | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      found.push({ severity, facts: error.facts });
      return undefined;
    }
  };
  const isOver = () => found.some(({ facts }) => isFinal(facts));
  const { ref, steps } = publication;

  const account = provider.can.has('whoami') ? await noted(provider.whoami) : undefined;
  if (account !== undefined) found.push(...judgeAccount(account, provider, publication));
  const mayAsk = provider.can.has('namespace');
  const namespace = mayAsk && !isOver() ? await noted(() => provider.namespace(ref.owner)) : undefined;
  const repository = isOver() ? undefined : await noted(() => provider.getRepository(ref));
  if (repository !== undefined) found.push(...judgeRepository(repository, provider, publication));
  else if (namespace !== undefined) found.push(...judgeNamespace(namespace, provider, publication));
  if (namespace !== undefined)
    found.push(...judgeProtection(namespace, repository?.visibility ?? publication.visibility, provider, publication));
  const mayHaveKeys = repository !== undefined && steps.has('deploy-key') && provider.can.has('deploy-key');
  if (mayHaveKeys && repository.admin !== false && !isOver()) await noted(() => provider.listDeployKeys(repository));

  const mayHaveTokens = repository !== undefined && steps.has('deploy-token') && provider.can.has('deploy-token');
  if (mayHaveTokens && repository.admin !== false && !isOver())
    await noted(() => provider.listDeployTokens(repository));
  const mayHaveHooks = repository !== undefined && steps.has('webhook') && provider.can.has('webhook');
  // Flux does without, so that is no reason to publish nothing.
  if (mayHaveHooks && repository.admin !== false && !isOver())
    await noted(() => provider.listHooks(repository), 'warning');
  const mayHaveTeams = repository !== undefined && steps.has('teams') && provider.can.has('teams');
  const isOfTeams = provider.kind === 'gitlab' || namespace?.kind === 'group';
  if (mayHaveTeams && isOfTeams && repository.admin !== false && !isOver())
    await noted(() => provider.listTeams(repository), 'warning');

  const of = (severity: Judgement['severity']) =>
    found.filter((each) => each.severity === severity).map(({ facts }) => facts);
  return {
    ...(account && { account }),
    ...(namespace && { namespace }),
    ...(repository && { repository }),
    errors: of('error'),
    warnings: of('warning'),
  };
}
