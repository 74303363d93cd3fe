import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createEmulator } from 'emulate';
import { gitBackend } from '../publish/git/git-backend.ts';

/** A GitHub Enterprise Server of software that we did not write: emulate's API and git's own server, on one origin. */
export interface EmulatedGithub {
  url: string;
  token: string;
  /** Keys and rulesets, which the emulator has not: in memory here, in GitHub's shape. */
  added: { keys: Record<string, unknown>[]; rulesets: Record<string, unknown>[] };
  /** In the bare repository `owner/name`. */
  git(repository: string, ...args: string[]): string;
  close(): Promise<void>;
}

const token = 'ghp_adasOwnToken0123456789';

/** `ada` is an owner of the organisation `acme`. */
const seed = {
  tokens: { [token]: { login: 'ada', scopes: ['repo', 'workflow'] } },
  github: { users: [{ login: 'ada' }], orgs: [{ login: 'acme', members: [{ login: 'ada', role: 'admin' as const }] }] },
};

export async function emulatedGithub(): Promise<EmulatedGithub> {
  const emulator = await createEmulator({ service: 'github', port: 0, seed });
  const root = mkdtempSync(join(tmpdir(), 'emulated-'));
  const added: EmulatedGithub['added'] = { keys: [], rulesets: [] };
  const front = createServer((question, answer) => {
    const { pathname } = new URL(question.url ?? '/', 'http://127.0.0.1');
    if (!pathname.startsWith('/api/v3/')) return void serveGit({ root, api: emulator.url }, question, answer);
    const [, kind] = /\/(keys|rulesets)(?:\/\d+)?$/.exec(pathname) ?? [];
    if (kind === 'keys' || kind === 'rulesets') return void serveAdded(added[kind], question, answer);
    const target = new URL((question.url ?? '').replace('/api/v3', ''), emulator.url);
    const asking = forward(target, { method: question.method, headers: question.headers });
    asking.on('response', (reply) => {
      if (question.method === 'POST' && pathname.endsWith('/repos') && reply.statusCode === 201)
        void keepBare(root, reply, answer);
      else reply.pipe(answer.writeHead(reply.statusCode ?? 500, reply.headers));
    });
    question.pipe(asking);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    token,
    added,
    git: (repository, ...args) =>
      execFileSync('git', ['-C', join(root, `${repository}.git`), ...args], { encoding: 'utf8' }).trim(),
    async close() {
      front.closeAllConnections();
      front.close();
      await emulator.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** What the emulator made gets a place for commits. */
async function keepBare(root: string, reply: IncomingMessage, answer: ServerResponse): Promise<void> {
  const body = await text(reply);
  const { full_name: name } = JSON.parse(body) as { full_name: string };
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', join(root, `${name}.git`)], { stdio: 'pipe' });
  const { 'content-length': _, 'transfer-encoding': __, ...headers } = reply.headers;
  answer.writeHead(reply.statusCode ?? 500, headers).end(body);
}

/** GitHub hides from others what it has: 401 first, then 404. */
async function serveGit(
  { root, api }: { root: string; api: string },
  question: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const login = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  if (question.headers.authorization !== login)
    return void answer.writeHead(401, { 'www-authenticate': 'Basic realm="GitHub"' }).end();
  const [, owner = '', name = ''] = (question.url ?? '').split('/');
  if (!existsSync(join(root, owner, name))) return void answer.writeHead(404).end();
  if (name.endsWith('.git') && question.url?.endsWith('/git-receive-pack'))
    await tellOfPush(api, `${owner}/${name.slice(0, -'.git'.length)}`);
  return gitBackend(root, question, answer);
}

/** The emulator sees nothing of git: a file of its own keeps it from taking the repository for empty. */
async function tellOfPush(api: string, repository: string): Promise<void> {
  const body = JSON.stringify({ message: 'Pushed', content: Buffer.from('pushed').toString('base64') });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  await fetch(`${api}/repos/${repository}/contents/pushed`, { method: 'PUT', headers, body });
}

/** As much as we ask for: https://docs.github.com/rest/deploy-keys · https://docs.github.com/rest/repos/rules */
async function serveAdded(
  all: Record<string, unknown>[],
  question: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const say = (status: number, json?: unknown) =>
    answer.writeHead(status, { 'content-type': 'application/json' }).end(json && JSON.stringify(json));
  if (question.headers.authorization !== `Bearer ${token}`) return void say(401, { message: 'Bad credentials' });
  if (question.method === 'GET') return void say(200, all);
  if (question.method === 'POST') {
    const made = { id: all.length + 1, ...JSON.parse(await text(question)) };
    all.push(made);
    return void say(201, made);
  }
  const id = Number(question.url?.split('/').at(-1));
  const at = all.findIndex((each) => each.id === id);
  if (at < 0 || question.method !== 'DELETE') return void say(404, { message: 'Not Found' });
  all.splice(at, 1);
  say(204);
}
