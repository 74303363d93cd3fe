import { type Cause, newToken } from './cause.ts';

/** Gitea's and Forgejo's reasons, by their words. */
export const giteaCauses: readonly Cause[] = [
  {
    // https://docs.gitea.com/development/oauth2-provider#scopes
    code: 'auth-scope',
    fits: ({ status, words }) => status === 403 && /required scope/i.test(words),
    tell: ({ words }, { needs }, server) => ({
      summary: 'the token lacks a scope',
      likely: [
        `It takes ${/required=\[([\w:,]+)\]|scope\(s\): \[([\w:, ]+)\]/.exec(words)?.slice(1).find(Boolean) ?? needs}.`,
      ],
      hint: newToken(server, needs),
    }),
  },
  {
    code: 'key-in-use',
    fits: ({ status, words }, { step }) => step === 'deploy-key' && status === 422 && /key/i.test(words),
    tell: () => ({
      summary: 'the key, or its title, is in use already',
      likely: ['A key belongs to one repository or one account of the server; the server says above which it was.'],
      hint: 'Make a new key for this repository.',
    }),
  },
  {
    code: 'repository-name-taken',
    fits: ({ status }, { step }) => step === 'repository' && status === 409,
    tell: () => ({
      summary: 'the name is taken already',
      likely: ['The repository is there but not visible to this token, or its files are still on the server.'],
      hint: 'Take another name with --repository, or a token that can see it.',
    }),
  },
  {
    code: 'repository-barred',
    fits: ({ status }, { step, isCreation }) => step === 'repository' && isCreation === true && status === 403,
    tell: (_, { needs }) => ({
      summary: 'no repository may be created there',
      likely: [`It takes ${needs}, and the right to create repositories in that organisation.`],
      hint: 'Ask an owner to create the repository empty, then run the same command again: it takes an empty one over.',
    }),
  },
];
