import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { secretsRepository } from '../support/secrets-repository.ts';
import { kustomizeProgram } from './kustomize-program.ts';

const kustomize = kustomizeProgram();
const missing = [
  ...(spawnSync('sops', ['--version']).error === undefined ? [] : ['sops not found in PATH']),
  ...('missing' in kustomize ? [kustomize.missing] : []),
];
if (missing.length > 0) console.warn(`SKIPPED the verbs of secrets beside the real sops: ${missing.join(', ')}`);
const build = (overlay: string, cwd: string) =>
  execFileSync('path' in kustomize ? kustomize.path : '', ['build', overlay], { cwd, encoding: 'utf8' });

const file = 'apps/overlays/staging/web/db.sops.yaml';
const bytes = Buffer.from([0xff, 0x00, 0x80]);

describe.skipIf(missing.length > 0)('secrets and the real sops on one repository', () => {
  it('each opens, verifies and goes on from what the other wrote', async () => {
    const { secrets, beside, root, system, keysFolder, git } = await secretsRepository();
    const sops = (...args: string[]) =>
      execFileSync('sops', args, {
        cwd: root,
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          HOME: system.home,
          SOPS_AGE_KEY_FILE: join(keysFolder, 'cluster-staging.agekey'),
          EDITOR: `sed -i 's/from-us/from-sops/'`,
        },
      });
    const flags = [
      '--from-file',
      `store=${beside('store', bytes)}`,
      '--from-env-file',
      beside('a.env', 'A=from-us\nB=0644\n'),
    ];
    expect((await secrets(['create', 'db', '--app', 'web', ...flags, '--yes', '--commit'])).code).toBe(0);
    expect(parse(sops('decrypt', file))).toMatchObject({
      kind: 'Secret',
      data: { store: bytes.toString('base64') },
      stringData: { A: 'from-us', B: '0644' },
    });

    sops('edit', file);
    sops('set', file, '["stringData"]["C"]', '"by sops"');
    expect((await secrets(['show', file, 'A', '--force'])).out).toBe('from-sops');
    expect((await secrets(['set', file, 'B', '--yes'], 'by us\n')).code).toBe(0);
    expect((await secrets(['unset', file, 'store', '--yes'])).code).toBe(0);
    expect(parse(sops('decrypt', file)).stringData).toEqual({ A: 'from-sops', B: 'by us', C: 'by sops' });

    git('add', '.');
    expect((await secrets(['delete', 'db', '--confirm', 'db', '--yes'])).code).toBe(0);
    expect(readdirSync(join(root, 'apps/overlays/staging/web'))).toEqual(['kustomization.yaml']);
    for (const overlay of ['apps/overlays/staging', 'apps/overlays/staging/web'])
      expect(build(overlay, root)).toContain('kind:');
  });
});
