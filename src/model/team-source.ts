import { nearest } from '../nearest.ts';

/** A team's own repository, by how Flux reaches it. */
export type TeamTransport = 'ssh' | 'https';

/**
 * Why a text is no source of a team. Flux takes `ssh://` and `https://`, not git's short form
 * (https://fluxcd.io/flux/components/source/gitrepositories/#url); what is applied with a team's rights does not come
 * over plain HTTP. The text may hold a password, so it is not repeated.
 */
export function sourceFault(source: string): string | undefined {
  if (source === 'path') return undefined;
  const mistyped = schemeFault(source);
  if (mistyped !== undefined) return mistyped;
  const short = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)([\w.~/-]+)$/.exec(source);
  if (short !== null) return `is git's short form: write ssh://git@${short[1]}/${short[2]}`;
  if (/^http:/.test(source)) return 'is not encrypted on its way: use https:// or ssh://';
  if (/^https:\/\/[^/]*@/.test(source))
    return 'has a user or a password in it: a private repository is reached by ssh://';
  if (/^ssh:\/\/[^/@]*:[^/@]*@/.test(source)) return 'has a password in it: a deploy key is made instead';
  if (!/^(ssh:\/\/[\w.-]+@|https:\/\/)[a-zA-Z0-9][\w.-]*(:\d+)?(\/[\w.~-]+)+\/?$/.test(source))
    return 'must be "path", or an address such as ssh://git@github.com/acme/shop or https://github.com/acme/shop';
  return undefined;
}

/** What begins like an address of another kind, `htp:/foo`, is none in git's short form. */
function schemeFault(source: string): string | undefined {
  const [, scheme = '', rest = ''] = /^([a-z][a-z+-]*):\/*([^@]*)$/i.exec(source) ?? [];
  if (scheme === '' || /^(https?|ssh):\/\//.test(source)) return undefined;
  const near =
    nearest(scheme, ['https', 'http', 'ssh', 'git']) ??
    (/^(https?|ssh|git|file|oci)$/i.test(scheme) ? scheme : undefined);
  if (near === undefined && !source.startsWith(`${scheme}:/`)) return undefined;
  const place = /^[\w-]+(\.[\w-]+)+(:\d+)?\/[\w.~/-]+$/.test(rest) ? rest : 'HOST/OWNER/REPOSITORY';
  return `begins with ${scheme}:, and Flux takes https://${place} or ssh://git@${place}`;
}

/** How Flux reaches a valid source; undefined for a team that works in this repository. */
export function transportOf(source: string): TeamTransport | undefined {
  if (source === 'path') return undefined;
  return source.startsWith('ssh://') ? 'ssh' : 'https';
}
