import { askedWait } from '../http/waiting.ts';
import { type Cause, newToken } from './cause.ts';

/** What is the same with every provider, to be looked at before its own: limits hide behind 403, too. */
export const firstCauses: readonly Cause[] = [
  {
    code: 'rate-limit',
    fits: (refusal) => (refusal.status === 429 || refusal.status === 403) && waitOf(refusal) !== undefined,
    tell(refusal, _, { host }) {
      const seconds = waitOf(refusal) ?? 0;
      const kind = /secondary|abuse/i.test(refusal.words) ? 'a secondary rate limit' : 'a rate limit';
      return {
        summary: `${kind} is reached`,
        likely: [`${host} wants ${duration(seconds)} of quiet; the token is fine.`],
        hint: `Run the same command again in ${duration(seconds)}: it goes on where it stopped.`,
      };
    },
  },
  {
    code: 'auth-invalid',
    fits: ({ status }) => status === 401,
    tell: (_, __, server) => ({
      summary: `the token from ${server.tokenFrom} is refused`,
      likely: [
        'The server refuses the token itself, not the repository: it is wrong, expired, revoked or of another server.',
      ],
      hint: newToken(server),
    }),
  },
  {
    code: 'repository-archived',
    fits: ({ status, words }) => status === 423 || (status === 403 && /archived|read-only/i.test(words)),
    tell: (_, { repository = '' }, { web }) => ({
      summary: 'the repository is archived',
      likely: ['Nothing can be written to an archived repository.'],
      hint: `Unarchive it in its settings (${web}/${repository}), or name another one with --repository.`,
      fixUrl: `${web}/${repository}/settings`,
    }),
  },
];

/** What is left when nothing fits better. */
export const lastCauses: readonly Cause[] = [
  {
    code: 'key-needs-admin',
    fits: ({ status }, { step }) => step === 'deploy-key' && (status === 403 || status === 404),
    tell: (_, { repository = '', needs }, { kind, web }) => ({
      summary: 'deploy keys need administration rights',
      likely: [`Whose token this is may not administer ${repository}; it takes ${needs}.`],
      hint:
        kind === 'gitlab'
          ? 'Let a Maintainer of the project run the same command, or add the printed public key by hand.'
          : 'Let an admin of the repository run the same command, or add the printed public key by hand.',
      fixUrl: kind === 'gitlab' ? `${web}/${repository}/-/settings/repository` : `${web}/${repository}/settings/keys`,
    }),
  },
  {
    code: 'hook-refused',
    fits: ({ status }, { step }) => step === 'webhook' && (status === 400 || status === 422),
    tell: () => ({
      summary: 'the webhook is refused',
      likely: [
        'Providers take no address that they cannot reach or do not allow, such as localhost or a private network.',
      ],
      hint: 'Flux pulls without it, only later. Add the webhook when the cluster can be reached from there.',
    }),
  },
  {
    code: 'pull-refused',
    fits: ({ status }, { step }) => step === 'pull' && (status === 409 || status === 422),
    tell: () => ({
      summary: 'the server takes no such pull request',
      likely: ['One from this branch is open already, or the branch is not there or has no commit of its own.'],
      hint: 'Push the branch first, then run the same command again: it updates the one that is open.',
    }),
  },
  {
    code: 'not-visible',
    fits: ({ status }) => status === 404,
    tell: (_, { repository, needs }, { tokenFrom }) => ({
      summary: `${repository ?? 'it'} is not found, or not visible to this token`,
      likely: [`A provider hides what a token may not see, so nobody can tell which. It takes ${needs}.`],
      hint: `Look at the spelling, and whether the account of ${tokenFrom} can open it in a browser.`,
    }),
  },
  {
    code: 'auth-scope',
    fits: ({ status }) => status === 403,
    tell: (_, { needs }, server) => ({
      summary: 'the token, or whose it is, may not do that',
      likely: [`It takes ${needs}.`],
      hint: newToken(server, needs),
    }),
  },
  {
    code: 'provider-failed',
    fits: ({ status }) => status >= 500,
    tell: (_, __, { host }) => ({
      summary: `${host} failed`,
      likely: ['It may have been carried out all the same: that is looked up first the next time.'],
      hint: 'Run the same command again; if that goes on, look at the server’s status page.',
    }),
  },
  {
    code: 'provider-refused',
    fits: () => true,
    tell: () => ({
      summary: 'the server refuses it',
      likely: [],
      hint: 'Put right what the server names, then run the same command again.',
    }),
  },
];

function waitOf({ status, headers, words }: { status: number; headers: Headers; words: string }): number | undefined {
  return askedWait({ status, headers, text: words });
}

/** `45 s`, `3 min`, `2 h` */
function duration(seconds: number): string {
  if (seconds <= 90) return `${Math.max(1, seconds)} s`;
  return seconds <= 5400 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`;
}
