import { manifest } from '../../check/manifests.ts';
import type { Cluster } from '../cluster.ts';
import { objectAt } from '../cluster-objects.ts';
import { added, appended, type Break, files, replaced } from './break.ts';

const { unit, overlay, release, sealed } = files;

/** Secrets, teams and notifications. */
export const safety: readonly Break[] = [
  {
    rule: 'notifications/provider',
    when: 'an Alert sends to what is not there',
    edits: [added(alert('nothing'))],
    shows: { wanted: /NotificationDispatchFailed.*nothing/, look: eventsOf },
  },
  {
    rule: 'notifications/secret',
    when: 'a Provider has no token',
    edits: [
      added(
        manifest('notification.toolkit.fluxcd.io/v1beta3', 'Provider', 'flux-system/NAME', {
          spec: { type: 'github', address: 'https://github.com/acme/web' },
        }) + alert('NAME'),
      ),
    ],
    shows: { wanted: /NotificationDispatchFailed.*token/, look: eventsOf },
  },
  {
    rule: 'secrets/no-decryption',
    when: 'a Kustomization no longer decrypts',
    app: 'secret',
    edits: [replaced(unit, '  decryption:\n    provider: sops\n    secretRef:\n      name: sops-age\n', '')],
    shows: {
      wanted: /^True ENC\[AES256_GCM/,
      look: async (cluster, name) => {
        const ready = ['get', 'kustomization', name, '--namespace=flux-system'];
        const status = "--output=jsonpath={.status.conditions[?(@.type=='Ready')].status}";
        return `${await cluster.run('kubectl', [...ready, status])} ${await passwordIn(cluster, `${name}/db`)}`;
      },
    },
  },
  {
    rule: 'secrets/in-cluster-folder',
    when: 'an encrypted Secret is put into the folder of the cluster',
    app: 'secret',
    also: ['secrets/no-rule'],
    edits: [
      {
        file: 'clusters/production/NAME.sops.yaml',
        of: sealed,
        to: (text) => text.replace('name: db', 'name: NAME').replace(/namespace: .*/, 'namespace: flux-system'),
      },
    ],
    shows: { wanted: /^ENC\[AES256_GCM/, look: (cluster, name) => passwordIn(cluster, `flux-system/${name}`) },
  },
  {
    rule: 'secrets/exposed-value',
    when: 'a value is written into an encrypted file',
    app: 'secret',
    edits: [{ file: sealed, to: (text) => text.replace(/password: ENC\[.*\]/, 'password: hunter2') }],
    says: /^False .*(decrypt|sops)/i,
  },
  {
    rule: 'secrets/damaged-value',
    when: 'an encrypted value is cut off',
    app: 'secret',
    edits: [
      { file: sealed, to: (text) => text.replace(/(password: ENC\[AES256_GCM,data:...).*(,type:str\])/, '$1$2') },
    ],
    says: /^False .*(decrypt|sops)/i,
  },
  {
    rule: 'secrets/broken-file',
    when: 'the end of an encrypted file is cut off',
    app: 'secret',
    edits: [{ file: sealed, to: (text) => text.slice(0, text.indexOf('  mac:')) }],
    shows: { wanted: /^ENC\[AES256_GCM/, look: (cluster, name) => passwordIn(cluster, `${name}/db`) },
  },
  {
    rule: 'secrets/recipients-differ',
    when: 'a file is encrypted without the key of the cluster',
    app: 'secret',
    edits: [{ file: sealed, to: (text) => text.replace(/ {4}- recipient: .*\n(?: {6}.*\n)+/, '') }],
    says: /^False .*(decrypt|data key)/i,
  },
  {
    rule: 'tenancy/cluster-key',
    when: 'what a team wrote is decrypted with the key of the cluster',
    app: 'secret',
    edits: [replaced('tenants/base/shop/sync.yaml', 'name: sops-age-shop', 'name: sops-age')],
    abuse: [
      { file: 'teams/shop/stolen.yaml', of: sealed, to: (text) => text },
      { file: 'teams/shop/kustomization.yaml', to: 'resources: [stolen.yaml]\n' },
    ],
    shows: { wanted: /^of the platform$/, look: (cluster) => passwordIn(cluster, 'shop/db') },
  },
  {
    rule: 'tenancy/cross-namespace',
    when: 'a release takes its chart from another namespace',
    app: 'chart',
    hasPartner: true,
    edits: [replaced(release, '    name: NAME\n', '    name: NAME-b\n    namespace: NAME-b\n')],
    of: 'HelmRelease/NAME/NAME',
    says: /^False AccessDenied: cross-namespace references are not allowed/,
  },
  {
    rule: 'tenancy/remote-base',
    when: 'a base is fetched while building',
    edits: [appended(overlay, '  - https://git.example.com/acme/base//deploy?ref=v1\n')],
    says: /^False BuildFailed: .*git\.example\.com/,
  },
  {
    rule: 'tenancy/service-account',
    when: 'an app names no account',
    edits: [replaced(unit, '  serviceAccountName: kustomize-controller\n', '')],
    says: /^False .*"system:serviceaccount:flux-system:default" cannot/,
  },
];

function alert(to: string): string {
  return manifest('notification.toolkit.fluxcd.io/v1beta3', 'Alert', 'flux-system/NAME', {
    spec: { providerRef: { name: to }, eventSources: [{ kind: 'Kustomization', name: 'NAME' }] },
  });
}

function eventsOf(cluster: Cluster, name: string): Promise<string> {
  const selector = `--field-selector=involvedObject.kind=Alert,involvedObject.name=${name}`;
  const output = "--output=jsonpath={range .items[*]}{.reason} {.message}{'\\n'}{end}";
  return cluster.run('kubectl', ['get', 'events', '--namespace=flux-system', selector, output]);
}

async function passwordIn(cluster: Cluster, secret: string): Promise<string> {
  const data = (await objectAt(cluster, 'secret', secret))?.data?.password;
  return Buffer.from(data ?? '', 'base64').toString('utf8');
}
