import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect } from 'vitest';
import type { MadeRepository } from '../../support/made-repository.ts';
import type { Run } from '../../support/run-main.ts';
import type { LeakTrial } from './leak-trial.ts';

/** One way to call a command, with a secret in each channel it reads. */
export interface LeakRow {
  /** A verb of `secrets`; the command that scaffolds goes by the program's name. */
  verb: string;
  name: string;
  /** A person sits at a terminal of so many columns. */
  columns?: number;
  /** Gives the secrets, runs the command, and looks that it did what the row is for. */
  act(trial: LeakTrial, repository: MadeRepository): Promise<void>;
}

/** Path of the Secret `db` that `withSecret` makes in production. */
export const productionDb = 'apps/overlays/production/web/db.sops.yaml';

const keys = '.config/create-flux-repo/keys';

/** Tokens that are in the environment for other commands, or for SOPS, are nobody else's business. */
export function giveTokens(trial: LeakTrial): void {
  const names = ['GITHUB_TOKEN', 'GH_TOKEN', 'GITLAB_TOKEN', 'GITEA_TOKEN', 'SOPS_AGE_KEY'];
  trial.setEnvironment(Object.fromEntries(names.map((name) => [name, trial.secret(name)])));
}

/** What the command reads on its standard input. */
export function giveStdin({ system }: LeakTrial, text: string): void {
  system.stdin = new PassThrough();
  system.stdin.end(text);
}

/** Private keys belong into their folder and nowhere else, but for `places`. */
export function knowPrivateKeys(trial: LeakTrial, places: readonly RegExp[] = []): void {
  const folder = join(trial.system.home, keys);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.agekey'));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const [identity = ''] = /AGE-SECRET-KEY-\S+/.exec(readFileSync(join(folder, file), 'utf8')) ?? [];
    trial.know('private key', identity, { mayShow: [/^home\/\.config\/create-flux-repo\/keys\//, ...places] });
  }
}

/** Makes a Secret `db` of app `web`, committed, with these values. */
export async function withSecret(trial: LeakTrial, values: Readonly<Record<string, string>>): Promise<void> {
  const flags = Object.entries(values).flatMap(([key, value]) => [
    '--from-file',
    `${key}=${trial.input(`made-of/${key}`, value)}`,
  ]);
  await done(trial.run('secrets', 'create', 'db', '--app', 'web', ...flags, '--yes', '--commit'));
}

/** The run, which must have ended well. */
export async function done(run: Promise<Run>): Promise<Run> {
  const ended = await run;
  if (ended.code !== 0) throw new Error(`ended with ${ended.code}:\n${ended.out}\n${ended.err}`);
  return ended;
}
