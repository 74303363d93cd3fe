import { BlockList, isIP } from 'node:net';
import type { Environment } from '../../git/git-environment.ts';
import { HttpFault } from './http-fault.ts';

/**
 * The proxy that the person's environment names for an address: `HTTPS_PROXY` or `ALL_PROXY`, except for what `NO_PROXY`
 * lists, upper or lower case, as curl and git read them. Plain HTTP is the loopback's alone and takes no proxy, which
 * would see the token.
 *
 * @throws HttpFault `proxy` when the variable does not hold the address of a proxy that speaks HTTP
 */
export function proxyFor(address: URL, env: Environment): URL | undefined {
  if (address.protocol !== 'https:') return undefined;
  const text = variable(env, 'HTTPS_PROXY') ?? variable(env, 'ALL_PROXY');
  if (text === undefined || isExcepted(address, variable(env, 'NO_PROXY') ?? '')) return undefined;
  const url = text.includes('://') ? text : `http://${text}`;
  // What does not parse may be a password with an odd character: it is not repeated.
  if (!URL.canParse(url)) throw new HttpFault('proxy', 'the variable holds no address');
  const proxy = new URL(url);
  if (proxy.protocol === 'http:' || proxy.protocol === 'https:') return proxy;
  throw new HttpFault('proxy', `a proxy of kind ${proxy.protocol}// is not supported, only http:// and https://`);
}

/** User and password of the person's proxies as the address has them: secret as well. */
export function proxyPasswords(env: Environment): string[] {
  const texts = [variable(env, 'HTTPS_PROXY'), variable(env, 'ALL_PROXY')].filter((text) => text !== undefined);
  const urls = texts.map((text) => (text.includes('://') ? text : `http://${text}`)).filter((url) => URL.canParse(url));
  return urls.map((url) => new URL(url).password).flatMap((word) => (word === '' ? [] : [word, decoded(word)]));
}

/** What an address has for user and password, as it was meant. A lone `%` stays one. */
export function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

function variable(env: Environment, name: string): string | undefined {
  // curl looks at the lower case first
  return env[name.toLowerCase()] || env[name] || undefined;
}

/** `*`, `example.com` and `.example.com` (it and all below), `host:8443`, addresses and `10.0.0.0/8`. */
function isExcepted({ hostname, port }: URL, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      if (entry.includes('/')) return isInNetwork(host, entry);
      const [, name = entry, wantedPort] = /^(.*?)(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? [];
      if (wantedPort !== undefined && wantedPort !== (port || '443')) return false;
      const bare = name.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
      return host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`));
    });
}

function isInNetwork(host: string, network: string): boolean {
  const [base = '', length = ''] = network.split('/');
  const family = isIP(base);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(length)) return false;
  if (Number(length) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(base, Number(length), kind);
  return list.check(host, kind);
}
