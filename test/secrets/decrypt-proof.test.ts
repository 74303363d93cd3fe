import { describe, expect, it } from 'vitest';
import { generateAgeKey } from '../../src/secrets/age-identity.ts';
import { clusterHoldings } from '../../src/secrets/cluster-holdings.ts';
import { decryptProof } from '../../src/secrets/decrypt-proof.ts';
import type { Secret } from '../../src/secrets/secret.ts';
import { flux, identities, keys, model, ofEu, production, sealedFor, staging, treeWith } from './fleet.ts';

async function proof(
  files: Record<string, string | undefined> = {},
  options: { at?: ReadonlyMap<string, Secret>; clusters?: string[]; model?: typeof model } = {},
) {
  const of = options.model ?? model;
  const holdings = clusterHoldings(of, options.at ?? identities());
  const clusters = options.clusters ?? Object.keys(of.clusters);
  const problems = await decryptProof({ tree: treeWith(files), model: of, clusters, holdings });
  expect(JSON.stringify(problems)).not.toMatch(/mark-er|AGE-SECRET/);
  return problems.map(({ rule, cluster, file, line, message }) => ({
    what: [rule.replace('secrets/', ''), cluster, line === undefined ? file : `${file}:${line}`].join(' '),
    message,
  }));
}

const what = async (...request: Parameters<typeof proof>) => (await proof(...request)).map((each) => each.what);

/** The same findings, whether files are really opened or their recipients must do. */
async function both(files: Record<string, string | undefined>): Promise<string[]> {
  const opened = await what(files);
  expect(await what(files, { at: new Map() })).toEqual(opened);
  return opened;
}

describe('the decrypt-proof', () => {
  it('holds for a repository as it should be, with private keys and without', async () => {
    expect(await both({})).toEqual([]);
  });

  it('fails on each cluster that could not read what it reconciles', async () => {
    expect(await both({ [production]: await sealedFor('us', 'recovery') })).toEqual([
      `cluster-cannot-read eu ${production}`,
    ]);
    expect(await both({ [ofEu]: await sealedFor('recovery') })).toEqual([`cluster-cannot-read eu ${ofEu}`]);
    expect(await what({ [production]: await sealedFor('us') }, { clusters: ['us', 'test'] })).toEqual([]);
    const [problem] = await proof({ [production]: await sealedFor('us', 'recovery') });
    expect(problem?.message).toBe(
      'cluster eu reconciles it (Kustomization web) and cannot decrypt it: the file is not encrypted for its key',
    );
  });

  it('fails on each cluster that could read what is for another environment, or another cluster', async () => {
    expect(await both({ [staging]: await sealedFor('test', 'eu', 'recovery') })).toEqual([
      `cluster-can-read eu ${staging}`,
    ]);
    expect(await both({ [ofEu]: await sealedFor('eu', 'us', 'recovery') })).toEqual([`cluster-can-read us ${ofEu}`]);
    const elsewhere = {
      'clusters/eu/more.yaml': flux('more', './more', true),
      'more/x.sops.yaml': await sealedFor('eu', 'test'),
    };
    expect(await both(elsewhere)).toEqual(['cluster-can-read test more/x.sops.yaml']);
  });

  it('is not deceived by a file that names another reader than it has', async () => {
    const sealed = await sealedFor('test', 'recovery');
    const disguised = sealed.replaceAll(keys.test.recipient, keys.eu.recipient);
    expect(await what({ [production]: disguised }, { clusters: ['eu'] })).toEqual([`damaged eu ${production}`]);
    const hidden = (await sealedFor('eu', 'test')).replaceAll(keys.eu.recipient, keys.recovery.recipient);
    expect(await what({ [staging]: hidden })).toEqual([`cluster-can-read eu ${staging}`]);
    expect(await what({ [staging]: hidden }, { at: new Map() })).toEqual([]);
  });

  it('tells a file whose entries hold different data keys, as a merge of two versions leaves it', async () => {
    const [one, other] = [await sealedFor('eu', 'us'), await sealedFor('eu', 'us')];
    const entry = (text: string) => /enc: \|[\s\S]*?END AGE ENCRYPTED FILE-----/.exec(text)?.[0] ?? '';
    const merged = one.replace(entry(one), () => entry(other));
    expect(await what({ [production]: merged }, { clusters: ['us'] })).toEqual([]);
    const [problem] = await proof({ [production]: merged }, { clusters: ['eu'] });
    expect(problem).toMatchObject({ what: `damaged eu ${production}` });
  });

  it('fails where Flux is not told to decrypt, and warns where it is told without need', async () => {
    const files = {
      'apps/overlays/production/web.yaml': flux('web', './apps/overlays/production/web'),
      'clusters/test/apps.yaml': flux('apps', './apps/overlays/staging', true),
    };
    expect(await both(files)).toEqual([
      'no-decryption eu apps/overlays/production/web.yaml:6',
      'needless-decryption test clusters/test/apps.yaml:11',
      'no-decryption us apps/overlays/production/web.yaml:6',
    ]);
    expect(await what({ 'clusters/eu/x.sops.yaml': await sealedFor('eu') })).toEqual([
      'no-decryption eu clusters/eu/x.sops.yaml',
    ]);
  });

  it('does not pass what it cannot tell: an unknown key Secret, another format, a broken file, no key at all', async () => {
    const unknown = flux('web', './apps/overlays/staging/web', true).replace('name: sops-age', 'name: other');
    expect(await both({ 'apps/overlays/staging/web.yaml': unknown })).toEqual([
      'unknown-key test apps/overlays/staging/web.yaml:11',
    ]);
    const foreign = flux('web', './apps/overlays/staging/web', true).replace(
      'namespace: flux-system',
      'namespace: shop',
    );
    const withSource = foreign.replace('name: flux-system', 'name: flux-system\n    namespace: flux-system');
    expect(await both({ 'apps/overlays/staging/web.yaml': withSource })).toEqual([
      'unknown-key test apps/overlays/staging/web.yaml:12',
    ]);
    expect(await both({ [ofEu]: 'kind: Secret\n' })).toEqual([`damaged eu ${ofEu}`]);
    const format = { 'secrets/eu/kustomization.yaml': 'secretGenerator: [{name: x, envs: [x.env]}]\n' };
    expect(await both({ ...format, 'secrets/eu/x.env': 'A=ENC[x]\nsops_mac=ENC[x]\n' })).toEqual([
      'not-proven eu secrets/eu/x.env',
    ]);
    expect(await both({ [ofEu]: 'a: [ENC[x]\nsops:\n  mac: x\n' })).toEqual([`damaged eu ${ofEu}`]);
    const [problem] = await proof({}, { model: { ...model, clusters: { test: { environment: 'staging' } } } });
    expect(problem?.message).toContain('cannot decrypt it: it has no key');
  });

  it("takes a team's own key for what its Kustomization decrypts", async () => {
    const team = await generateAgeKey();
    const spec = flux('shop', './teams/shop', true).replace('name: sops-age', 'name: sops-age-shop');
    const files = {
      'clusters/eu/shop.yaml': spec,
      'teams/shop/x.sops.yaml': await sealedFor('recovery', 'eu'),
    };
    const shop = { shop: { source: 'path', recipients: [team.recipient] } };
    expect(await what(files, { model: { ...model, teams: shop } })).toEqual([
      'cluster-cannot-read eu teams/shop/x.sops.yaml',
    ]);
  });

  it('counts a key shared by an environment where the model says so', async () => {
    const shared = {
      ...model,
      secrets: { ...model.secrets, keyScope: 'environment' as const },
      environments: { production: { recipients: [keys.us.recipient] }, staging: {} },
      clusters: { eu: { environment: 'production', recipients: [keys.eu.recipient] } },
    };
    expect(await what({ [production]: await sealedFor('us') }, { model: shared })).toEqual([]);
  });
});
