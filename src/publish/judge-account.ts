import type { Judgement, Publication } from './preflight.ts';
import type { Account, Provider } from './provider.ts';

/** Days before the end of a token that are worth a word: a deploy key of GitHub's ends with the token that made it. */
const soon = 14;

/** What a token lacks by its own account of itself; nothing where the provider does not tell. */
export function judgeAccount(account: Account, { kind, host }: Provider, publication: Publication): Judgement[] {
  const { scopes } = account;
  const { hasWorkflows, tokenFrom, visibility, steps } = publication;
  const who = account.login === '' ? account.tokenKind : `${account.tokenKind} of ${account.login}`;
  const judgements: Judgement[] = [];
  const lacks = (
    code: 'auth-scope' | 'workflow-scope',
    scope: string,
    what: string,
    severity: Judgement['severity'] = 'error',
  ) =>
    judgements.push({
      severity,
      facts: {
        code,
        step: 'whoami',
        message: `the token from ${tokenFrom} lacks scope ${scope}`,
        why: [`The ${who} on ${host} has ${scopes?.length ? `scope ${scopes.join(', ')}` : 'no scope'}.`, what],
        hint: `Give it scope ${scope}, or set ${tokenFrom} to a token that has it.`,
      },
    });
  if (kind === 'github' && scopes !== undefined) {
    const isEnough = scopes.includes('repo') || (visibility === 'public' && scopes.includes('public_repo'));
    if (!isEnough) lacks('auth-scope', 'repo', 'Creating a repository, pushing to it and its deploy keys take it.');
    const mayHook = ['repo', 'write:repo_hook', 'admin:repo_hook'].some((scope) => scopes.includes(scope));
    if (isEnough && !mayHook && steps.has('webhook'))
      lacks('auth-scope', 'write:repo_hook', 'The webhook of the receiver takes it.', 'warning');
    const seesTeams = ['read:org', 'write:org', 'admin:org'].some((scope) => scopes.includes(scope));
    if (!seesTeams && steps.has('teams'))
      lacks('auth-scope', 'read:org', 'Giving teams the repository (repository.access) takes it.', 'warning');
    if (hasWorkflows && !scopes.includes('workflow'))
      lacks(
        'workflow-scope',
        'workflow',
        'The commit has .github/workflows, and GitHub refuses a push of these without it.',
      );
  }
  if (kind === 'gitlab' && scopes !== undefined && !scopes.includes('api'))
    lacks('auth-scope', 'api', 'The API takes it; write_repository alone is for git push.');
  return [...judgements, ...judgeExpiry(account, publication)];
}

function judgeExpiry({ expires }: Account, { now, tokenFrom }: Publication): Judgement[] {
  const end = expires === undefined ? Number.NaN : Date.parse(expires);
  if (Number.isNaN(end) || end - now.getTime() > soon * 86_400_000) return [];
  const message = `the token from ${tokenFrom} ends on ${new Date(end).toISOString().slice(0, 10)}`;
  const why = ['On GitHub the deploy keys that a token makes end with it.'];
  const hint = 'Take one that lasts longer.';
  return [{ severity: 'warning', facts: { code: 'auth-expiring', step: 'whoami', message, why, hint } }];
}
