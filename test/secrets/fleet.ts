import { modelFrom } from '../../src/model/complete-draft.ts';
import { generateAgeKey } from '../../src/secrets/age-identity.ts';
import { encryptFile } from '../../src/secrets/format/encrypt-file.ts';
import type { Secret } from '../../src/secrets/secret.ts';
import { overlayTree } from '../../src/tree/overlay-tree.ts';
import { secretRule } from './format/sealed-files.ts';

const names = ['eu', 'us', 'test', 'recovery'] as const;
const [eu, us, test, recovery] = await Promise.all([
  generateAgeKey(),
  generateAgeKey(),
  generateAgeKey(),
  generateAgeKey(),
]);
export const keys = { eu, us, test, recovery };

/** Two clusters of production and one of staging, each with its own key. */
export const model = modelFrom(
  {
    clusters: {
      eu: { environment: 'production', recipients: [eu.recipient] },
      us: { environment: 'production', recipients: [us.recipient] },
      test: { environment: 'staging', recipients: [test.recipient] },
    },
    components: {},
    apps: { web: { image: 'nginx:1.27' } },
    secrets: { recipients: { recovery: recovery.recipient } },
  },
  { name: 'fleet', id: '0123abcd' },
);

/** Public half -> private half of the named keys, or of all. */
export function identities(...whose: (typeof names)[number][]): ReadonlyMap<string, Secret> {
  const wanted = whose.length === 0 ? names : whose;
  return new Map(wanted.map((name) => [keys[name].recipient, keys[name].identity]));
}

/** A Secret, encrypted for the named keys. */
export function sealedFor(...whose: (typeof names)[number][]): Promise<string> {
  const text = `apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: web
stringData:
  password: mark-er-pass
  username: mark-er-user
`;
  return encryptFile(
    { file: 'db.sops.yaml', text },
    {
      recipients: whose.map((name) => keys[name].recipient),
      rule: secretRule,
      macOnlyEncrypted: true,
      now: new Date('2026-11-22T17:51:39Z'),
    },
  );
}

export function flux(name: string, path: string, isDecrypting = false): string {
  const decryption = '  decryption:\n    provider: sops\n    secretRef:\n      name: sops-age\n';
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  path: ${path}
  sourceRef:
    kind: GitRepository
    name: flux-system
${isDecrypting ? decryption : ''}`;
}

export const production = 'apps/overlays/production/web/db.sops.yaml';
export const staging = 'apps/overlays/staging/web/db.sops.yaml';
export const ofEu = 'secrets/eu/git-token.sops.yaml';

/** The repository's files, as they should be. */
export const rightFiles: Readonly<Record<string, string>> = {
  'clusters/eu/apps.yaml': flux('apps', './apps/overlays/production'),
  'clusters/eu/secrets.yaml': flux('cluster-secrets', './secrets/eu', true),
  'clusters/us/apps.yaml': flux('apps', './apps/overlays/production'),
  'clusters/test/apps.yaml': flux('apps', './apps/overlays/staging'),
  'apps/overlays/production/kustomization.yaml': 'resources: [web.yaml]\n',
  'apps/overlays/production/web.yaml': flux('web', './apps/overlays/production/web', true),
  'apps/overlays/production/web/kustomization.yaml': 'resources: [db.sops.yaml]\n',
  'apps/overlays/staging/kustomization.yaml': 'resources: [web.yaml]\n',
  'apps/overlays/staging/web.yaml': flux('web', './apps/overlays/staging/web', true),
  'apps/overlays/staging/web/kustomization.yaml': 'resources: [db.sops.yaml]\n',
  'secrets/eu/kustomization.yaml': 'resources: [git-token.sops.yaml]\n',
  [production]: await sealedFor('eu', 'us', 'recovery'),
  [staging]: await sealedFor('test', 'recovery'),
  [ofEu]: await sealedFor('eu', 'recovery'),
};

/** The repository with other, more (or, as undefined, fewer) files. */
export function treeWith(files: Readonly<Record<string, string | undefined>> = {}) {
  const nothing = { kindOf: () => undefined, read: () => undefined, list: () => [] };
  return overlayTree(nothing, new Map(Object.entries({ ...rightFiles, ...files })));
}
