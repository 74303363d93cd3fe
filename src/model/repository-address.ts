import type { Model } from './model.ts';
import { transportOf } from './team-source.ts';

const servers: Readonly<Record<string, string>> = { github: 'https://github.com', gitlab: 'https://gitlab.com' };

/** The provider that a type of notification talks to: `github` of `githubpullrequestcomment`. */
function forgeOf(type: string): string | undefined {
  return ['github', 'gitlab', 'gitea'].find((forge) => type.startsWith(forge));
}

/**
 * The web address of the repository that a notification is about, as Flux wants it: this one, or a team's own.
 * https://fluxcd.io/flux/components/notification/providers/#git-commit-status-updates
 * @returns undefined where nothing tells, for example for a repository that is not published
 */
export function repositoryAddress(model: Model, type: string, team?: string): string | undefined {
  const source = team === undefined ? undefined : model.teams[team]?.source;
  if (source !== undefined && transportOf(source) !== undefined) return webAddress(source);
  const { provider, owner, host, name } = model.repository;
  const server = host ?? servers[provider];
  if (provider !== forgeOf(type) || owner === undefined || server === undefined) return undefined;
  return `${server.includes('://') ? server.replace(/\/+$/, '') : `https://${server}`}/${owner}/${name}`;
}

/** A port of ssh:// is not that of the web server. */
function webAddress(source: string): string {
  const { protocol, hostname, host, pathname } = new URL(source);
  const server = protocol === 'ssh:' ? hostname : host;
  return `https://${server}${pathname.replace(/(\.git)?\/?$/, '')}`;
}
