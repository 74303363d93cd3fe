import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { HttpFault, socketFault } from './http-fault.ts';
import { decoded } from './proxy-for.ts';

/**
 * A connection through a proxy, by CONNECT: the proxy sees the host's name and nothing else.
 * https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6
 *
 * @param ca certificates that the person trusts besides the usual ones, PEM
 * @param patience milliseconds until the proxy must have answered
 * @throws HttpFault `proxy`
 */
export function tunnelTo(
  address: URL,
  { proxy, ca, patience, signal }: { proxy: URL; ca: string[] | undefined; patience: number; signal: AbortSignal },
): Promise<Socket> {
  const target = `${address.hostname}:${address.port || 443}`;
  const user = `${decoded(proxy.username)}:${decoded(proxy.password)}`;
  const isTls = proxy.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const asking = (isTls ? tlsRequest : plainRequest)({
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (isTls ? 443 : 80),
      path: target,
      headers: {
        Host: target,
        ...(user !== ':' && { 'Proxy-Authorization': `Basic ${Buffer.from(user).toString('base64')}` }),
      },
      agent: false,
      ...(ca && { ca }),
      signal,
    });
    asking.setTimeout(patience, () => asking.destroy(new HttpFault('proxy', `${proxy.host} does not answer`)));
    asking.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode === 200) {
        socket.setTimeout(0);
        return resolve(socket as Socket);
      }
      socket.destroy();
      reject(new HttpFault('proxy', `${proxy.host} answered ${statusCode}`, statusCode));
    });
    // A proxy that takes CONNECT for an ordinary request
    asking.once('response', ({ statusCode = 0 }) => {
      asking.destroy();
      reject(new HttpFault('proxy', `${proxy.host} answered ${statusCode}`, statusCode));
    });
    asking.once('error', (error) =>
      reject(
        error instanceof HttpFault ? error : new HttpFault('proxy', `${proxy.host} (${socketFault(error).detail})`),
      ),
    );
    asking.end();
  });
}
