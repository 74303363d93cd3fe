import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterHoldings } from '../../src/secrets/cluster-holdings.ts';
import { decryptProof } from '../../src/secrets/decrypt-proof.ts';
import { readSopsConfig } from '../../src/secrets/sops-config/read-sops-config.ts';
import { sopsRules, sopsRulesText } from '../../src/secrets/sops-config/sops-rules.ts';
import { verifySecrets } from '../../src/secrets/verify-secrets.ts';
import { diskTree } from '../../src/tree/disk-tree.ts';
import { identities, keys, model, ofEu, production, rightFiles, staging } from '../secrets/fleet.ts';

const isHere = spawnSync('sops', ['--version']).error === undefined;
if (!isHere) console.warn('SKIPPED the decrypt-proof against the real sops: sops not found in PATH');

const sealed = [production, staging, ofEu];
const plain = `apiVersion: v1
kind: Secret
metadata:
  name: db
stringData:
  password: mark-er-pass
`;

describe.skipIf(!isHere)('the decrypt-proof and the real sops', { timeout: 120_000 }, () => {
  let folder = '';
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const sops = (key: { identity: { reveal(): string } }, ...args: string[]) => {
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      SOPS_AGE_KEY: key.identity.reveal(),
      SOPS_DISABLE_VERSION_CHECK: '1',
    };
    return spawnSync('sops', args, { cwd: folder, env, encoding: 'utf8' });
  };
  const config = () => ({ file: '.sops.yaml', text: readFileSync(join(folder, '.sops.yaml'), 'utf8') });

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-proof-')));
    for (const [path, text] of Object.entries(rightFiles)) write(path, sealed.includes(path) ? plain : text);
    write('.sops.yaml', `creation_rules:\n${sopsRulesText(sopsRules(model))}`);
    for (const path of sealed) {
      const { status, stderr } = sops(keys.recovery, 'encrypt', '--in-place', path);
      if (status !== 0) throw new Error(stderr);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What each cluster's key alone opens, as sops finds. */
  const opened = () =>
    Object.fromEntries(
      (['eu', 'us', 'test'] as const).map((name) => [
        name,
        sealed.filter((path) => sops(keys[name], 'decrypt', path).status === 0),
      ]),
    );
  const proof = async () => {
    const problems = await Promise.all(
      [identities(), new Map()].map((at) =>
        decryptProof({
          tree: diskTree(folder),
          model,
          clusters: Object.keys(model.clusters),
          holdings: clusterHoldings(model, at),
        }),
      ),
    );
    const [byOpening, byName] = problems.map((found) => found.map(({ rule, cluster, path }) => [rule, cluster, path]));
    expect(byOpening).toEqual(byName);
    return byOpening;
  };

  it('holds where sops encrypted by our rules, and all of it verifies', async () => {
    expect(opened()).toEqual({ eu: [production, ofEu], us: [production], test: [staging] });
    expect(await proof()).toEqual([]);
    const found = [...identities()].map(([recipient, secret]) => ({ recipient, secret, source: 'a test' }));
    const verification = await verifySecrets({
      tree: diskTree(folder),
      model,
      paths: sealed,
      config: await readSopsConfig(config()),
      identities: found,
      cluster: undefined,
    });
    expect(verification.problems).toEqual([]);
    expect(verification.files.map(({ state }) => state)).toEqual(['verified', 'verified', 'verified']);
  });

  it('fails exactly where sops, with that key alone, fails or succeeds against the plan', async () => {
    const rotated = [
      sops(keys.recovery, 'rotate', '--in-place', '--rm-age', keys.eu.recipient, production),
      sops(keys.recovery, 'rotate', '--in-place', '--add-age', keys.eu.recipient, staging),
      sops(keys.recovery, 'rotate', '--in-place', '--add-age', keys.test.recipient, ofEu),
    ];
    for (const { status, stderr } of rotated) expect(stderr, String(status)).toBe('');
    expect(opened()).toEqual({ eu: [staging, ofEu], us: [production], test: [staging, ofEu] });
    expect(await proof()).toEqual([
      ['secrets/cluster-cannot-read', 'eu', production],
      ['secrets/cluster-can-read', 'eu', staging],
      ['secrets/cluster-can-read', 'test', ofEu],
    ]);
  });
});
