import { transportOf } from '../model/team-source.ts';
import type { Repository, RepositoryRef } from './provider.ts';

/**
 * The repository of a team by its name at the provider, where that is the same server.
 *
 * @param source as the model has it: `ssh://git@host/owner/name`, `https://host/owner/name`, `path`
 * @param published the repository of the platform, which tells how the server is called
 */
export function repositoryOfTeam(
  source: string,
  { sshUrl, httpsUrl }: Pick<Repository, 'sshUrl' | 'httpsUrl'>,
): RepositoryRef | undefined {
  const transport = transportOf(source);
  if (transport === undefined) return undefined;
  const server = new URL(transport === 'ssh' ? sshUrl : httpsUrl);
  if (new URL(source).hostname !== server.hostname) return undefined;
  const words = new URL(source).pathname.replace(/^\/+|(\.git)?\/*$/g, '').split('/');
  const name = words.pop() ?? '';
  return words.length === 0 || name === '' ? undefined : { owner: words.join('/'), name };
}
