import { request as plainRequest } from 'node:http';
import { type RequestOptions, request as tlsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect } from 'node:tls';
import type { Environment } from '../../git/git-environment.ts';
import { HttpFault, socketFault } from './http-fault.ts';
import { proxyFor } from './proxy-for.ts';
import { tunnelTo } from './tunnel.ts';

export interface HttpRequest {
  method: string;
  url: URL;
  /** Without Authorization: whoever opened the door brings that. */
  headers: Readonly<Record<string, string>>;
  /** JSON, mostly. */
  body: string | undefined;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** What a request may cost. Milliseconds and bytes. */
export interface Patience {
  /** Without a sign of life. */
  idle: number;
  /** All in all. */
  total: number;
  /** Length of an answer. */
  bytes: number;
}

/** How the outside is reached. */
export interface Network {
  env: Environment;
  /** Certificates that the person trusts, PEM, together with the usual ones. */
  ca: string[] | undefined;
  patience: Patience;
}

/**
 * One request, one answer, whatever its status. A connection of its own for each, so that no request is ever written to
 * one that the server is about to close: nobody could tell then whether a write was carried out.
 *
 * @throws HttpFault; what the signal was aborted with
 */
export async function sendOnce(
  request: HttpRequest,
  { env, ca, patience }: Network,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const { url, method, headers, body } = request;
  const clock = AbortSignal.timeout(patience.total);
  const either = AbortSignal.any([signal, clock]);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const options: RequestOptions = { method, headers, agent: false, signal: either, ...(ca && { ca }) };
  let tunnel: Socket | undefined;
  try {
    const proxy = proxyFor(url, env);
    if (proxy !== undefined) {
      tunnel = await tunnelTo(url, { proxy, ca, patience: patience.idle, signal: either });
      const within = { socket: tunnel, servername: isIP(host) === 0 ? host : '', host, ...(ca && { ca }) };
      options.createConnection = () => connect(within);
    }
    return await exchanged(url, { options, body, patience });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (clock.aborted) throw new HttpFault('timeout', `${patience.total / 1000} s`);
    throw error;
  } finally {
    // TLS within a tunnel ends without ending the tunnel
    tunnel?.destroy();
  }
}

function exchanged(
  url: URL,
  { options, body, patience }: { options: RequestOptions; body: string | undefined; patience: Patience },
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const sending = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, options, (answer) => {
      const chunks: Buffer[] = [];
      let length = 0;
      answer.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length > patience.bytes) sending.destroy(new HttpFault('too-long', `${patience.bytes} bytes`));
      });
      answer.once('end', () => {
        if (!answer.complete) return reject(new HttpFault('lost', 'ended half-way'));
        const pairs = Object.entries(answer.headersDistinct).map(([name, values]) => [name, values?.join(', ') ?? '']);
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, headers: new Headers(Object.fromEntries(pairs)), text });
      });
      answer.once('error', (error) => reject(faultOf(error)));
    });
    sending.setTimeout(patience.idle, () => sending.destroy(new HttpFault('timeout', `${patience.idle / 1000} s`)));
    sending.once('error', (error) => reject(faultOf(error)));
    sending.end(body);
  });
}

function faultOf(error: Error): HttpFault {
  return error instanceof HttpFault ? error : socketFault(error);
}
