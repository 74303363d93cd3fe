import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { crdKinds } from '../../scripts/schemas/crd-schemas.mjs';
import { goModuleFolder } from '../../scripts/schemas/go-module.mjs';
import { secretTypes } from '../../src/model/secret-fields.ts';
import type { SecretStore } from '../../src/model/secret-store.ts';
import type { SchemaLookup } from '../../src/schema/schema.ts';
import { validateObject } from '../../src/schema/validate-object.ts';
import { completeModel } from '../support/complete-model.ts';
import { type Manifest, manifestsIn, textAt } from '../support/manifest.ts';
import { repositoryTree } from '../support/repository-tree.ts';

const isMissing = spawnSync('go', ['version']).status !== 0;
if (isMissing) console.warn('SKIPPED External Secrets against its CRDs: Go, which brings them, is not here');

/** The newest that is a Go module; version 2 serves the same `external-secrets.io/v1`. */
const upstream = { module: 'github.com/external-secrets/external-secrets', version: 'v1.3.2' };

const stores: SecretStore[] = [
  { provider: 'aws' },
  { provider: 'aws', region: 'eu-central-1', role: 'arn:aws:iam::123456789012:role/secrets' },
  { provider: 'aws', credential: true, role: 'arn:aws:iam::123456789012:role/secrets' },
  { provider: 'gcp', project: 'acme-production', serviceAccount: 'secrets@acme.iam.gserviceaccount.com' },
  { provider: 'gcp', credential: true },
  { provider: 'azure', vaultUrl: 'https://acme.vault.azure.net' },
  { provider: 'azure', credential: true, tenantId: '00000000-0000-0000-0000-000000000000' },
  { provider: 'vault', server: 'https://vault.example.com:8200', path: 'kv/platform', name: 'team' },
  { provider: 'vault', credential: true },
];

/** All that a repository with this store says to the controller: the store, and a Secret of every type. */
function objectsFor(store: SecretStore): Manifest[] {
  const declared = secretTypes.map((type) => [
    type.toLowerCase(),
    { type, environments: ['production'], keys: ['a.b', 'c'] },
  ]);
  const model = completeModel({
    clusters: { production: { environment: 'production' } },
    apps: { web: { image: 'nginx', secrets: Object.fromEntries(declared) } },
    secrets: { strategy: 'external-secrets', store },
  });
  const tree = repositoryTree(model);
  return [...tree.keys()]
    .filter((path) => /\.ya?ml$/.test(path))
    .flatMap((path) => manifestsIn(tree, path))
    .filter(({ value }) => textAt(value, 'apiVersion').startsWith('external-secrets.io/'));
}

describe.skipIf(isMissing)('the CRDs of External Secrets', () => {
  let lookup: SchemaLookup;
  beforeAll(() => {
    const rows = crdKinds(join(goModuleFolder(upstream), 'config/crds/bases'), {}, [
      'ExternalSecret',
      'ClusterSecretStore',
    ]);
    const known = new Map(rows.map(({ group, version, kind, schema }) => [`${group}/${version} ${kind}`, schema]));
    lookup = {
      find(apiVersion, kind) {
        const root = known.get(`${apiVersion} ${kind}`);
        return root && { root, resolve: (schema) => schema };
      },
    };
  }, 120_000);

  it.each(stores.map((store) => [JSON.stringify(store), store] as const))(
    'accept what a repository with %s says',
    (_, store) => {
      const objects = objectsFor(store);
      expect(objects.map(({ value }) => value.kind).sort()).toEqual([
        'ClusterSecretStore',
        ...secretTypes.map(() => 'ExternalSecret'),
      ]);
      for (const { value } of objects) expect(validateObject(value, lookup, { variables: true })).toEqual([]);
    },
  );

  it('are held against it: a wrong field is found', () => {
    const [store] = objectsFor({ provider: 'vault' }).filter(({ value }) => value.kind === 'ClusterSecretStore');
    const wrong = JSON.parse(JSON.stringify(store?.value).replace('"mountPath"', '"mountPaht"'));
    expect(
      validateObject(wrong, lookup, { variables: true })
        .map(({ message }) => message)
        .join(),
    ).toContain('mountPaht');
  });
});
