import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ForgeRepository, forgeAnswer } from './forge-routes.ts';
import { gitBackend } from './git/git-backend.ts';
import { recordExchange } from './record-exchange.ts';

export interface ForgeRequest {
  method: string;
  /** Without `/api/v1` and query. */
  path: string;
  body: string;
}

/** A server with Gitea's API, in memory, and git's own server for the repositories: all on one origin of the loopback. */
export interface FakeForge {
  url: string;
  /** The only token it takes. */
  token: string;
  repositories: Map<string, ForgeRepository>;
  /** Teams of the organisation, and what they may do. */
  teams: Record<string, string>;
  /** Everything that arrived, in order: `GET /user`, `POST git:/acme/demo.git/git-receive-pack`. */
  requests: string[];
  /** Of `requests` those that would change something. */
  writes(): string[];
  /** Folder of the bare repositories. */
  root: string;
  git(repository: string, ...args: string[]): string;
  /** Called before each answer; what it returns is answered instead. `cut` breaks the connection. */
  before: (
    request: ForgeRequest,
  ) => { status: number; json?: unknown; headers?: Record<string, string> } | 'cut' | undefined;
  /** Called after a request was carried out and before it is answered; true breaks the connection. */
  after: (request: ForgeRequest) => boolean;
}

export const forgeToken = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c';

const isWrite = (request: string) => !request.startsWith('GET ') && !request.endsWith('/git-upload-pack');

export async function fakeForge(): Promise<FakeForge> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'forge-')));
  const git = (repository: string, ...args: string[]) =>
    execFileSync('git', ['-C', join(root, `${repository}.git`), ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trimEnd();
  const forge: FakeForge = {
    url: '',
    token: forgeToken,
    repositories: new Map(),
    teams: { ops: 'write', guests: 'read' },
    requests: [],
    writes: () => forge.requests.filter(isWrite),
    root,
    git,
    before: () => undefined,
    after: () => false,
  };
  const server = createServer((request, response) => {
    answer(forge, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  forge.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(root, { recursive: true, force: true });
  });
  return forge;
}

async function answer(forge: FakeForge, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', forge.url);
  const isApi = pathname.startsWith('/api/v1');
  const method = request.method ?? 'GET';
  const authorization = request.headers.authorization ?? '';
  if (!isApi && !isKnown(forge, authorization)) {
    // git asks without a token first, so it is no request of ours yet
    response.writeHead(401, { 'www-authenticate': 'Basic realm="forge"' }).end();
    return;
  }
  const path = isApi ? pathname.slice('/api/v1'.length) : `git:${pathname}`;
  const asked: ForgeRequest = { method, path, body: isApi ? await bodyOf(request) : '' };
  forge.requests.push(`${method} ${path}`);
  const instead = forge.before(asked);
  if (instead === 'cut') return void response.destroy();
  if (instead !== undefined) return void send(response, instead);
  if (!isApi) {
    const [, owner, name = ''] = pathname.split('/');
    if (!forge.repositories.has(`${owner}/${name.replace(/\.git$/, '')}`)) return void response.writeHead(404).end();
    if (forge.after(asked)) return void response.destroy();
    return gitBackend(forge.root, request, response);
  }
  if (authorization !== `token ${forge.token}`) return void send(response, { status: 401, json: { message: 'no' } });
  const told = forgeAnswer(forge, asked);
  recordExchange({
    kind: 'gitea',
    method,
    path: `${path}${search}`,
    body: asked.body,
    status: told.status,
    told: told.json,
  });
  if (forge.after(asked)) return void response.destroy();
  send(response, told);
}

function isKnown({ token }: FakeForge, authorization: string): boolean {
  return authorization === `Basic ${Buffer.from(`ada:${token}`).toString('base64')}`;
}

function send(
  response: ServerResponse,
  { status, json, headers }: { status: number; json?: unknown; headers?: Record<string, string> },
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(json === undefined ? undefined : JSON.stringify(json));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
