import type { Model } from './model.ts';

/**
 * What clusters read the repository with: a deploy key each, or where those are barred a deploy token each (GitLab), a
 * GitHub App, or a token that somebody makes.
 */
export const repositoryCredentials = ['deploy-key', 'deploy-token', 'github-app', 'token'] as const;

export type RepositoryCredential = (typeof repositoryCredentials)[number];

/** The Secret in flux-system that Flux reads the repository with, unless it is a deploy key. */
export const readSecret = 'flux-system-read';

/** What the model says, or a deploy key. */
export function credentialOfRepository({ repository }: Pick<Model, 'repository'>): RepositoryCredential {
  return repository.credential ?? 'deploy-key';
}

/** Why a provider does not have such a credential; undefined when it does. */
export function credentialFault(
  credential: RepositoryCredential,
  provider: Model['repository']['provider'],
): string | undefined {
  if (credential === 'deploy-token' && provider !== 'gitlab') return 'is GitLab\'s alone; others have "token"';
  if (credential === 'github-app' && provider !== 'github') return 'is GitHub\'s alone; others have "token"';
  return undefined;
}
