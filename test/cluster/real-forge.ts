import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { selfSignedCertificate } from '../publish/http/loopback-server.ts';
import { tlsFront } from '../publish/http/tls-front.ts';
import { startGuardian } from './guardian.ts';

/** A real Gitea beside a cluster, behind a proxy with TLS. It has an organisation `acme` and its owner `admin`. */
export interface RealForge {
  /** `https://…`; Gitea itself knows another address. */
  url: string;
  /** The file with the certificate of that address. */
  caFile: string;
  /** Of `admin`, with all rights. */
  token: string;
  /** One request to its API. @param path without `/api/v1` @throws Error for an answer of 400 and above */
  ask(method: string, path: string, body?: unknown): Promise<unknown>;
  down(): Promise<void>;
}

/** SSH is this far above the port of the web, as the program of FORGE_SCRIPT has it. */
const sshOffset = 22;

/** @param script a program with the words `build`, `up`, `token` and `down`, as `npm run test:forge` takes it */
export async function startRealForge(script: string): Promise<RealForge> {
  const folder = mkdtempSync(join(tmpdir(), 'forge-'));
  const env = { FORGE_RUN: folder, FORGE_PORT: String(await freePort()) };
  const program = ['bash', resolve(script)];
  const say = async (word: string) => {
    const { stdout } = await promisify(execFile)('bash', [resolve(script), word], { env: { ...process.env, ...env } });
    return stdout.trim();
  };
  await say('build');
  const guardian = startGuardian([...program, 'down'], env);
  const url = (await say('up')).split('\n').at(-1) ?? '';
  const token = await say('token');
  await refuseUnknownVersion(url);
  const certificate = selfSignedCertificate();
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, certificate.cert);
  const front = await tlsFront(url, certificate);
  return {
    url: front.url,
    caFile,
    token,
    async ask(method, path, body) {
      const headers = { authorization: `token ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(`${url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    async down() {
      front.close();
      await guardian.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `flux bootstrap gitea` works with versions that it knows; a build that nobody stamped has none. */
async function refuseUnknownVersion(url: string): Promise<void> {
  const { version } = (await (await fetch(`${url}/api/v1/version`)).json()) as { version: string };
  if (!/^\d/.test(version))
    throw new Error(
      `Gitea says that its version is ${version}: link it with -ldflags '-X main.Version=…' in FORGE_SCRIPT`,
    );
}

async function freePort(): Promise<number> {
  for (let port = 18_000 + Math.floor(Math.random() * 1000); port < 19_500; port++)
    if ((await isFree(port)) && (await isFree(port + sshOffset))) return port;
  throw new Error('no free port for a forge');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', () => settle(false));
    server.listen(port, '127.0.0.1', () => server.close(() => settle(true)));
  });
}
