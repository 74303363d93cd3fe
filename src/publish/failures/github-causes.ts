import type { Server } from '../server.ts';
import { type Cause, newToken, type Refusal, type Tried } from './cause.ts';
import { withoutKeys } from './without-keys.ts';

/** GitHub's reasons, by its words and headers. */
export const githubCauses: readonly Cause[] = [
  {
    // https://docs.github.com/rest/authentication/authenticating-to-the-rest-api#authorizing-for-saml-sso
    code: 'auth-sso',
    fits: ({ headers }) => ssoPage(headers) !== undefined,
    tell: ({ headers }) => ({
      summary: 'the organisation wants the token to be authorised for single sign-on (SSO)',
      likely: ['The answer names the page for it (X-GitHub-SSO); it is good for an hour.'],
      hint: `Authorise the token at ${ssoPage(headers)}, then run the same command again.`,
      fixUrl: ssoPage(headers),
    }),
  },
  {
    code: 'auth-pat-policy',
    fits: ({ words }) => /forbids access via a (fine-grained )?personal access token|token's lifetime/i.test(words),
    tell: (_, __, server) => ({
      summary: 'the organisation forbids tokens of this kind',
      likely: ['It has a rule on personal access tokens, which the server names above.'],
      hint: 'Take a kind or a lifetime that it allows, or ask an owner for a GitHub App.',
      fixUrl: `${server.web}/settings/tokens`,
    }),
  },
  {
    code: 'plan-limit',
    fits: ({ status, words }) => status === 403 && /upgrade to github/i.test(words),
    tell: (_, { repository = '' }) => ({
      summary: 'the plan of the account does not have this',
      likely: [`Private repositories get it with a paid plan. ${repository} is not protected.`],
      hint: 'Go on without it, or upgrade the plan and run the same command again.',
    }),
  },
  {
    // Off in new organisations: https://docs.github.com/en/organizations/managing-organization-settings/restricting-deploy-keys-in-your-organization
    code: 'key-disabled',
    fits: ({ words }) => /deploy keys are disabled/i.test(words),
    tell: (_, { repository = '' }, { web }) => ({
      summary: 'deploy keys are disabled',
      likely: ['An owner of the organisation decides that for all its repositories.'],
      hint: `Ask an owner to enable deploy keys (${settingsPage(web, repository)}), or ${withoutKeys}`,
      fixUrl: settingsPage(web, repository),
    }),
  },
  {
    code: 'key-in-use',
    fits: ({ words }) => /key is already in use/i.test(words),
    tell: () => ({
      summary: 'the key is in use already',
      likely: ['A deploy key belongs to one repository of all GitHub; this one is registered, here or somewhere else.'],
      hint: 'Make a new key for this repository, and do not share one between two.',
    }),
  },
  {
    code: 'repository-name-taken',
    fits: ({ words }, { step }) => step === 'repository' && /name already exists/i.test(words),
    tell: () => ({
      summary: 'the name is taken already',
      likely: ['The repository is there but not visible to this token, or it was renamed and its old name redirects.'],
      hint: 'Take another name with --repository, or a token that can see it.',
    }),
  },
  {
    code: 'repository-barred',
    fits: ({ status, words }, { step }) =>
      step === 'repository' &&
      status === 403 &&
      /(permission|allowed|cannot) .*(create|creating|repositor)/i.test(words),
    tell: () => ({
      summary: 'members may not create repositories there',
      likely: ['An owner of the organisation decides that.'],
      hint: 'Ask an owner to create the repository empty, then run the same command again: it takes an empty one over.',
    }),
  },
  {
    code: 'auth-scope',
    fits: (refusal, tried) =>
      /resource not accessible/i.test(refusal.words) ||
      (refusal.status === 404 && tried.step !== 'namespace' && lacksRepoScope(refusal)) ||
      (refusal.status === 403 && (tried.step !== 'deploy-key' || lacksRepoScope(refusal))),
    tell: (refusal, tried, server) => ({
      summary: 'the token lacks a scope or permission',
      likely: [...evidence(refusal), `It takes ${tried.needs}.`, ...alsoLikely(tried, server)],
      hint: newToken(server, tried.needs),
      fixUrl: `${server.web}/settings/tokens`,
    }),
  },
  {
    code: 'auth-pending',
    fits: ({ status }, { step }, { tokenLook }) =>
      status === 404 && tokenLook === 'fine-grained' && step === 'namespace',
    tell: (_, __, server) => ({
      summary: 'it is not found, or not visible to this token',
      likely: ['A fine-grained token may wait for the organisation’s approval, or belong to another resource owner.'],
      hint: 'Look at the token’s resource owner and whether it is pending.',
      fixUrl: `${server.web}/settings/personal-access-tokens`,
    }),
  },
];

/** The page of `X-GitHub-SSO: required; url=…`. */
function ssoPage(headers: Headers): string | undefined {
  return /^required;\s*url=(\S+)/.exec(headers.get('x-github-sso') ?? '')?.[1];
}

function lacksRepoScope({ headers }: Refusal): boolean {
  const scopes = headers.get('x-oauth-scopes');
  return scopes !== null && !scopes.split(/,\s*/).includes('repo');
}

/** What the same answer stands for, too, and nobody can tell from it. */
function alsoLikely({ step }: Tried, { tokenLook }: Server): string[] {
  if (tokenLook === 'fine-grained')
    return ['Or it waits for the organisation’s approval, or belongs to another resource owner: that is not told.'];
  // https://docs.github.com/rest/repos/rules: private repositories have rulesets with a paid plan only
  if (tokenLook === 'app' && step === 'protect') return ['Or the plan has no rulesets for private repositories.'];
  return [];
}

/** https://docs.github.com/rest/overview/permissions-required-for-fine-grained-personal-access-tokens */
function evidence({ headers }: Refusal): string[] {
  const scopes = headers.get('x-oauth-scopes');
  const accepted = headers.get('x-accepted-github-permissions') ?? headers.get('x-accepted-oauth-scopes');
  return [
    ...(scopes === null ? [] : [`The token has ${scopes === '' ? 'no scope' : `scope ${scopes}`}.`]),
    ...(accepted === null || accepted === '' ? [] : [`GitHub would accept ${accepted}.`]),
  ];
}

function settingsPage(web: string, repository: Tried['repository']): string {
  const [owner = ''] = (repository ?? '').split('/');
  return `${web}/organizations/${owner}/settings/member_privileges`;
}
