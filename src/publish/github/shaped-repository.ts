import { ProviderError } from '../failure.ts';
import type { Repository } from '../provider.ts';
import type { Server } from '../server.ts';

/** What GitHub, Gitea and Forgejo tell of a repository, as far as we look. */
export interface ShapedRepository {
  id: number | bigint;
  full_name: string;
  clone_url: string;
  ssh_url: string;
  html_url: string;
  default_branch?: string | undefined;
  archived?: boolean | undefined;
  private: boolean;
  visibility?: string | undefined;
  /** Gitea tells it. */
  empty?: boolean | undefined;
  permissions?: { admin?: boolean | undefined; push?: boolean | undefined } | undefined;
}

/** @throws ProviderError `wrong-base-url` when the answer is of another kind of server */
export function repositoryOf(told: ShapedRepository, server: Server): Repository {
  if (typeof told.full_name !== 'string' || typeof told.clone_url !== 'string') throw otherServer(server);
  const visibility = told.visibility === 'internal' ? 'internal' : told.private ? 'private' : 'public';
  const { admin, push } = told.permissions ?? {};
  return {
    id: String(told.id),
    fullName: told.full_name,
    httpsUrl: told.clone_url,
    sshUrl: asSshUrl(told.ssh_url, server),
    webUrl: told.html_url,
    ...(told.default_branch && told.empty !== true && { defaultBranch: told.default_branch }),
    archived: told.archived === true,
    visibility,
    ...(admin !== undefined && { admin }),
    ...(push !== undefined && { push }),
  };
}

/**
 * Flux does not take git's short form `git@host:owner/name.git`. What is no address for SSH never gets to git.
 * https://fluxcd.io/flux/components/source/gitrepositories/#url
 *
 * @throws ProviderError `wrong-base-url`
 */
export function asSshUrl(text: unknown, server: Server): string {
  if (typeof text !== 'string') throw otherServer(server);
  const short = /^([^@/:]+@)?([^/:]+):(?!\/)(.+)$/.exec(text);
  const url = short === null || text.includes('://') ? text : `ssh://${short[1] ?? 'git@'}${short[2]}/${short[3]}`;
  // ssh itself would take such a host for an option.
  const isSsh = URL.canParse(url) && /^ssh:\/\/[^/\s]/.test(url) && /^[^-]/.test(new URL(url).hostname);
  if (!isSsh) throw otherServer(server);
  return url;
}

/** JSON came, but not what such a server says. */
export function otherServer({ host, kind, api }: Server): ProviderError {
  return new ProviderError({
    code: 'wrong-base-url',
    step: 'repository',
    message: `${host} does not answer as ${kind} does`,
    why: [`It was asked at ${api}.`],
    hint: 'Look at repository.provider and repository.host in flux-repo.yaml.',
  });
}
