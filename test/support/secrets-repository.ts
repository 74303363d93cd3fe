import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, expect } from 'vitest';
import { parse } from 'yaml';
import { decryptFile } from '../../src/secrets/format/decrypt-file.ts';
import { readKeyFile } from '../../src/secrets/key-file.ts';
import { type MadeRepository, madeRepository } from './made-repository.ts';
import type { Run } from './run-main.ts';

/** A repository with an app `web` and no Secret yet, and a person who keeps all its keys. */
export interface SecretsRepository extends MadeRepository {
  /** Runs `secrets …`; with a text, that is what comes on stdin. */
  secrets(argv: readonly string[], stdin?: string | Buffer): Promise<Run>;
  keysFolder: string;
  /** A file beside the repository, as people name it from inside. */
  beside(name: string, contents: string | Buffer): string;
  /** An encrypted file as its reader sees it, opened with the recovery key. */
  opened(path: string): Promise<unknown>;
}

export async function secretsRepository(
  argv: readonly string[] = ['--app', 'web'],
  options: { columns?: number } = {},
): Promise<SecretsRepository> {
  const repository = await madeRepository(argv, options);
  const { system, read, run } = repository;
  const keys = join(system.home, '.config/create-flux-repo/keys');
  // strategies without keys of ours make none
  const keysFolder = join(keys, existsSync(keys) ? (readdirSync(keys)[0] ?? '') : '');
  return {
    ...repository,
    keysFolder,
    secrets(words, stdin) {
      if (stdin !== undefined) {
        system.stdin = new PassThrough();
        system.stdin.end(stdin);
      }
      return run('secrets', ...words);
    },
    beside(name, contents) {
      writeFileSync(join(system.cwd, '..', name), contents);
      return join('..', name);
    },
    async opened(path) {
      const { identities } = await readKeyFile(join(keysFolder, 'recovery.agekey'));
      return parse((await decryptFile({ file: path, text: read(path) }, identities)).text.reveal());
    },
  };
}

export const webDb = (environment: string) => `apps/overlays/${environment}/web/db.sops.yaml`;

/** Made once for a file of tests; a test works in a copy. */
let prepared: string | undefined;

afterAll(() => {
  if (prepared !== undefined) rmSync(prepared, { recursive: true, force: true });
});

/** The same with a Secret `db` of app `web`, committed. */
export async function withDb(options: { columns?: number } = {}): Promise<SecretsRepository> {
  const repository = await secretsRepository(undefined, options);
  const { root, beside, secrets, git } = repository;
  if (prepared !== undefined) {
    rmSync(root, { recursive: true });
    cpSync(prepared, root, { recursive: true });
    return repository;
  }
  const values = beside('db.env', 'password=mark-er-1\nusername=mark-er-2\n');
  const { code, err } = await secrets(['create', 'db', '--app', 'web', '--from-env-file', values, '--yes', '--commit']);
  if (code !== 0) throw new Error(err);
  expect(git('status', '--porcelain')).toBe('');
  prepared = mkdtempSync(join(tmpdir(), 'create-flux-repo-db-'));
  cpSync(root, prepared, { recursive: true });
  return repository;
}

/** Every text below a folder that holds what must be nowhere. */
export function leaks(folder: string, markers: readonly string[]): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, 'latin1');
    const shapes = markers.flatMap((marker) => [marker, Buffer.from(marker).toString('base64').replace(/=+$/, '')]);
    if (shapes.some((shape) => text.includes(shape))) found.push(path);
  }
  return found;
}
