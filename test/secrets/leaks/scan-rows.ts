import { join } from 'node:path';
import { expect } from 'vitest';
import { sealed } from '../format/sealed-files.ts';
import { giveStdin, giveTokens, knowPrivateKeys, type LeakRow } from './leak-row.ts';
import type { LeakTrial } from './leak-trial.ts';

/** `secrets scan` reads everything and shows the places only. */
export const scanRows: readonly LeakRow[] = [
  {
    verb: 'scan',
    name: 'finds secrets in files on disk and never shows them',
    async act(trial, { root }) {
      giveTokens(trial);
      giveStdin(trial, trial.secret('stdin'));
      await putPlainSecrets(trial, root);
      for (const flag of ['--verbose', '--json'])
        expect(await trial.run('secrets', 'scan', flag)).toMatchObject({ code: 1 });
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
      for (const flag of ['--verbose', '--json'])
        expect(await trial.run('secrets', 'scan', flag)).toMatchObject({ code: 1 });
    },
  },
];

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
