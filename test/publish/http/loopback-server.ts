import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A request as it arrived. */
export interface Received {
  method: string;
  /** With the query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A status, and JSON or text. */
export interface Told {
  status: number;
  json?: unknown;
  text?: string;
  headers?: Record<string, string | string[]>;
}

/** What to answer; a function has the socket to itself. */
export type Answer = Told | ((response: ServerResponse) => void);

export interface LoopbackServer {
  url: string;
  /** Everything that arrived, in order. */
  received: Received[];
  close(): Promise<void>;
}

/** Key and certificate of an authority that nobody knows. */
export interface Certificate {
  key: string;
  cert: string;
}

/** A server on 127.0.0.1 that answers as told. */
export async function loopbackServer(
  answer: (request: Received, index: number) => Answer | Promise<Answer>,
  certificate?: Certificate,
): Promise<LoopbackServer> {
  const received: Received[] = [];
  const server: Server = certificate === undefined ? createServer() : createTlsServer(certificate);
  server.on('request', async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    const arrived = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
    received.push(arrived);
    const told = await answer(arrived, received.length - 1);
    if (typeof told === 'function') return told(response);
    const type = told.json === undefined ? 'text/plain' : 'application/json; charset=utf-8';
    response.writeHead(told.status, { 'content-type': type, ...told.headers });
    response.end(told.json === undefined ? told.text : JSON.stringify(told.json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    received,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** A certificate that its own key signed. @param name `IP:127.0.0.1`, `DNS:git.example.com` */
export function selfSignedCertificate(name = 'IP:127.0.0.1'): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const words = ['req', '-x509', ...kind, '-subj', '/CN=test', '-addext', `subjectAltName=${name}`];
    execFileSync('openssl', [...words, '-keyout', 'key.pem', '-out', 'cert.pem'], { cwd: folder, stdio: 'ignore' });
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    return { key: read('key.pem'), cert: read('cert.pem') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
