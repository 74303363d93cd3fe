import { type Cause, newToken } from './cause.ts';

/** GitLab's reasons, by its words. */
export const gitlabCauses: readonly Cause[] = [
  {
    code: 'auth-scope',
    fits: ({ words }) => /insufficient_scope/.test(words),
    tell: (_, __, server) => ({
      summary: 'the token lacks a scope',
      likely: ['The token is valid, but the API takes scope api; write_repository alone is for git push.'],
      hint: newToken(server, 'scope api'),
    }),
  },
  {
    code: 'key-in-use',
    fits: ({ status, words }, { step }) =>
      step === 'deploy-key' && status === 400 && /fingerprint|already been taken/.test(words),
    tell: () => ({
      summary: 'the key is in use already',
      likely: ['It is registered for a project that this token cannot see, or as somebody’s own SSH key.'],
      hint: 'Make a new key for this project.',
    }),
  },
  {
    code: 'namespace-not-found',
    fits: ({ words }, { step }) => step === 'repository' && /namespace.*is not valid/i.test(words),
    tell: () => ({
      summary: 'the group is not there, or not open to this token',
      likely: ['A project needs a group, or a user’s own name, that the token may create projects in.'],
      hint: 'Look at --owner: the full path of the group, such as acme/platform.',
    }),
  },
  {
    code: 'repository-name-taken',
    fits: ({ status, words }, { step }) =>
      step === 'repository' &&
      (status === 400 || status === 409) &&
      /already been taken|pending deletion|being deleted/i.test(words),
    tell: () => ({
      summary: 'the name is taken already',
      likely: ['The project is there but not visible to this token, or was deleted and waits for its removal.'],
      hint: 'Take another name with --repository, or a token that can see it.',
    }),
  },
  {
    code: 'repository-barred',
    fits: ({ status, words }, { step, isCreation }) =>
      step === 'repository' && isCreation === true && (status === 403 || /limit.?reached|project limit/i.test(words)),
    tell: (_, { needs }) => ({
      summary: 'no project may be created there',
      likely: [`The group's settings or a limit of projects forbid it. It takes ${needs}.`],
      hint: 'Ask a Maintainer or Owner of the group to create the project empty, then run the same command again.',
    }),
  },
  {
    code: 'plan-limit',
    fits: ({ status, words }, { step }) =>
      step === 'protect' && status === 403 && /licen[cs]e|premium|ultimate/i.test(words),
    tell: () => ({
      summary: 'the plan does not have this',
      likely: ['The branch is not protected as asked.'],
      hint: 'Go on without it, or upgrade the plan and run the same command again.',
    }),
  },
];
