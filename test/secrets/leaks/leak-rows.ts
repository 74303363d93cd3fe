import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { MadeRepository } from '../../support/made-repository.ts';
import { sealed } from '../format/sealed-files.ts';
import type { LeakTrial } from './leak-trial.ts';

/** One way to call a command, with a secret in each channel it reads. */
export interface LeakRow {
  /** A verb of `secrets`, or `create` without one for the command that scaffolds. */
  verb: string;
  name: string;
  /** Gives the secrets, runs the command, and looks that it did what the row is for. */
  act(trial: LeakTrial, repository: MadeRepository): Promise<void>;
}

/** A row or more for each verb of `secrets`; the test fails for a verb without one. */
export const leakRows: readonly LeakRow[] = [
  {
    verb: 'create-flux-repo',
    name: 'scaffolds a repository and its keys, with tokens in the environment',
    async act(trial) {
      giveTokens(trial);
      const { code } = await trial.run('other', '--yes', '-C', join(trial.system.cwd, '..'));
      expect(code).toBe(0);
      expect(readdirSync(trial.programs.records).length).toBeGreaterThan(5);
      knowPrivateKeys(trial);
    },
  },
  {
    verb: 'scan',
    name: 'finds secrets in files on disk and never shows them',
    async act(trial, { root }) {
      giveTokens(trial);
      await putPlainSecrets(trial, root);
      expect(await trial.run('secrets', 'scan', '--verbose')).toMatchObject({ code: 1 });
      expect(await trial.run('secrets', 'scan', '--json')).toMatchObject({ code: 1 });
      knowPrivateKeys(trial);
    },
  },
  {
    verb: 'scan',
    name: 'finds secrets in files whose syntax is broken',
    async act(trial, { root }) {
      const value = trial.secret('broken file');
      const broken = `kind: Secret\nstringData:\n  a: "${value}\n b: [${value}\n`;
      trial.input(join(root, 'a.yaml'), broken);
      trial.input(join(root, 'b.sops.yaml'), (await sealed()).replace('metadata:', `${broken}metadata:`));
      trial.input(join(root, '.sops.yaml'), `creation_rules:\n  - path_regexp: "${value}\n`);
      trial.input(join(root, 'kustomization.yaml'), `secretGenerator: [{literals: ["a=${value}"], files: }\n`);
      expect(await trial.run('secrets', 'scan', '--verbose')).toMatchObject({ code: 1 });
      expect(await trial.run('secrets', 'scan', '--json')).toMatchObject({ code: 1 });
    },
  },
];

/** Tokens that are in the environment for other commands, or for SOPS, are nobody else's business. */
function giveTokens(trial: LeakTrial): void {
  const names = ['GITHUB_TOKEN', 'GH_TOKEN', 'GITLAB_TOKEN', 'GITEA_TOKEN', 'SOPS_AGE_KEY'];
  trial.setEnvironment(Object.fromEntries(names.map((name) => [name, trial.secret(name)])));
  trial.system.stdin.push(trial.secret('stdin'));
}

/** The private halves that `create` wrote belong into their folder and nowhere else. */
function knowPrivateKeys(trial: LeakTrial): void {
  const keys = '.config/create-flux-repo/keys';
  const files = readdirSync(join(trial.system.home, keys), { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.agekey'))
    .map((file) => readFileSync(join(trial.system.home, keys, file), 'utf8'));
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts)
    trial.know('private key', /AGE-SECRET-KEY-\S+/.exec(text)?.[0] ?? '', { mayShow: [`home/${keys}/`] });
}

async function putPlainSecrets(trial: LeakTrial, root: string): Promise<void> {
  const put = (path: string, text: (secret: string) => string) => {
    const secret = trial.secret(path);
    trial.input(join(root, path), text(secret));
  };
  const exposed = await sealed();
  put('plain.yaml', (secret) => `kind: Secret\nmetadata: {name: x}\nstringData: {a: "${secret}", b: "${secret}"}\n`);
  put('base64.yaml', (secret) => `kind: Secret\ndata:\n  a: ${Buffer.from(secret).toString('base64')}\n`);
  put('one-line.json', (secret) => `{"kind": "Secret", "stringData": {"a": "${secret}"}}`);
  put('exposed.sops.yaml', (secret) =>
    exposed.replace('stringData:\n', `stringData:\n  # ${secret}\n  a: "${secret}"\n`),
  );
  put('kubeconfig.yaml', (secret) => `kind: Config\nclusters: []\nusers: [{user: {token: "${secret}"}}]\n`);
  put('gen/kustomization.yaml', (secret) => `secretGenerator: [{name: x, literals: ["a=${secret}", "${secret}"]}]\n`);
  put('config.json', (secret) => `{"auths": {"r": {"auth": "${Buffer.from(secret).toString('base64')}"}}}`);
  put('key.txt', (secret) => `-----BEGIN PRIVATE KEY-----\n${'MIIE'.repeat(16)}\n${secret}\n`);
}
