import type { FailureCode } from '../failure.ts';
import type { HttpFault } from '../http/http-fault.ts';
import type { Server } from '../server.ts';
import type { Told } from './cause.ts';

const apiPath = { github: '/api/v3', gitlab: '/api/v4', gitea: '/api/v1' } as const;

/** What it is that no usable answer came. */
export function networkFailure(fault: HttpFault, server: Server): { code: FailureCode } & Told {
  const { host, kind, web } = server;
  const { detail, status } = fault;
  switch (fault.kind) {
    case 'certificate':
      return { code: 'network-tls', summary: 'its certificate is not trusted', ...certificateAdvice(detail, host) };
    case 'no-tls':
      return {
        code: 'network-tls',
        summary: 'it does not speak TLS as it should',
        likely: [`TLS failed with ${detail}; a plain HTTP port answers so.`],
        hint: 'Look at the port of repository.host in flux-repo.yaml.',
      };
    case 'name':
      return {
        code: 'network-dns',
        summary: 'its name is not known',
        likely: [`Looking it up gave ${detail}. A name of an internal network needs its VPN.`],
        hint: 'Look at the spelling of repository.host in flux-repo.yaml, and at the network.',
      };
    case 'proxy':
      return {
        code: 'network-proxy',
        summary: 'the proxy does not let it through',
        likely: [`HTTPS_PROXY or ALL_PROXY names a proxy: ${detail}.`],
        hint: `Put the variable right, or list ${new URL(web).hostname} in NO_PROXY.`,
      };
    case 'refused':
      return {
        code: 'network-refused',
        summary: 'nothing answers there',
        likely: [`The connection was refused (${detail}).`],
        hint: 'Look at the host and port, and whether a proxy (HTTPS_PROXY) or a VPN is needed.',
      };
    case 'lost':
    case 'timeout':
      return {
        code: 'network-timeout',
        summary: fault.kind === 'lost' ? 'the connection was lost' : `it does not answer within ${detail}`,
        likely: [
          'What was being written may have been carried out all the same: that is looked up first the next time.',
        ],
        hint: 'Run the same command again.',
      };
    case 'redirected':
      return {
        code: 'redirected',
        summary: `it answers with a redirect to ${detail}`,
        likely: ['A redirect is not followed with the token: it may lead anywhere.'],
        hint: `If that is where the server is now, write it to repository.host in flux-repo.yaml: ${redirectHost(detail)}`,
      };
    case 'not-json':
      return {
        code: 'wrong-base-url',
        summary: 'a page for people answers, not an API',
        likely: [
          `${status} with ${detail === '' ? 'HTML' : detail} from ${server.api}: another program, or a sign-in page before it.`,
        ],
        hint: `Name the address that comes before ${apiPath[kind]}, with its path if it has one, as repository.host in flux-repo.yaml: https://git.example.com/gitlab`,
      };
    case 'too-long':
      return {
        code: 'answer-too-long',
        summary: 'its answer is too long',
        likely: [`More than ${detail} came: this is no answer of such an API.`],
        hint: 'Look at repository.host in flux-repo.yaml.',
      };
  }
}

function certificateAdvice(code: string, host: string): Pick<Told, 'likely' | 'hint'> {
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return {
      likely: [`It is not valid today (${code}).`],
      hint: 'Look at this machine’s clock, or tell who runs the server.',
    };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH')
    return {
      likely: [`It is for another name than ${host} (${code}).`],
      hint: 'Name the server as its certificate does: --host',
    };
  return {
    likely: [`No authority that this machine knows has signed it (${code}).`],
    hint: 'Name the file with its authority’s certificate: --ca-file FILE',
  };
}

function redirectHost(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : 'HOST';
}
