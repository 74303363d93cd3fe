import type { Draft } from '../../src/model/model.ts';
import { providers } from '../../src/model/model.ts';
import { carrierOf } from '../../src/model/secret-strategies.ts';
import { allPairs } from './all-pairs.ts';

type Part = Partial<Draft>;

const forges: Record<(typeof providers)[number], Draft['repository']> = {
  github: { provider: 'github', owner: 'acme' },
  gitlab: { provider: 'gitlab', owner: 'acme/platform/clusters', host: 'https://gitlab.example.com:8443' },
  gitea: { provider: 'gitea', owner: 'acme', host: 'git.example.com' },
  git: { provider: 'git', branch: 'release/1.x' },
  none: { provider: 'none' },
};

const clusters: Part[] = [
  { clusters: { production: { environment: 'production', secrets: { 'git-token': { keys: ['password'] } } } } },
  {},
  {
    clusters: {
      'eu-1': { environment: 'production' },
      'us-1': { environment: 'production', variables: { domain: 'us.example.com', replicas: '3' } },
      lab: { environment: 'development' },
      next: { environment: 'staging' },
    },
  },
  {
    environments: { idle: {}, production: { variables: { tier: 'gold' } } },
    clusters: { production: { environment: 'production' } },
  },
];

const ociChart = { url: 'oci://ghcr.io/stefanprodan/charts/podinfo', version: '>=6.0.0 <7.0.0 || 8.x' };
const helmChart = {
  url: 'https://prometheus-community.github.io/helm-charts',
  name: 'kube-prometheus-stack',
  version: '75.x',
};

const components: Part[] = [
  { components: {} },
  {},
  {
    components: {
      'cert-manager': {
        settings: { acmeEmail: 'ops@example.com' },
        timeout: '20m',
        secrets: { dns: { environments: ['production'], keys: ['token', 'key'] } },
      },
    },
  },
  {
    components: {
      'gateway-api': { provided: true },
      'envoy-gateway': { interval: '30m' },
      'cert-manager': { version: '1.20.x' },
    },
  },
  { components: { 'gateway-api': {} } },
  {
    components: {
      'cert-manager': {},
      'gateway-api': {},
      'envoy-gateway': {},
      monitoring: {
        chart: helmChart,
        namespace: 'observability',
        required: true,
        dependsOn: ['cert-manager'],
        values: {
          grafana: { enabled: true, ingress: { hosts: ['grafana.${domain:=example.internal}'] } },
          schedule: '@daily',
        },
        environments: { production: { values: { replicas: 2 }, version: '75.1.x' } },
        timeout: '15m',
      },
      podinfo: {
        chart: ociChart,
        namespace: 'observability',
        dependsOn: ['monitoring'],
        environments: { production: { version: '8.1.x' } },
      },
    },
  },
  {
    components: {
      'cert-manager': { provided: true },
      'gateway-api': {},
      'envoy-gateway': { provided: true },
      loki: { chart: ociChart },
    },
  },
];

const apps: Part[] = [
  {},
  { apps: { web: { image: 'nginx:1.27' } } },
  {
    apps: {
      api: {
        image:
          'registry.example.com:5000/acme/api:v2@sha256:0000000000000000000000000000000000000000000000000000000000000000',
        port: 8080,
        replicas: 3,
        healthPath: '/healthz?full=1',
        environments: { production: { replicas: 5 } },
        interval: '5m',
        secrets: {
          db: { type: 'basic-auth', environments: ['production'], keys: ['username', 'password'] },
          api: { environments: ['production'], keys: ['token'] },
        },
      },
    },
  },
  {
    apps: {
      shop: {
        chart: ociChart,
        values: {
          host: 'shop.${domain:=example.internal}',
          cluster: '${cluster_name}',
          motd: 'two\nlines\n',
          on: true,
        },
        environments: { production: { values: { replicaCount: 2 }, version: '6.7.x' } },
      },
    },
  },
  {
    apps: {
      front: { image: 'ghcr.io/acme/front', namespace: 'shop', dependsOn: ['back'] },
      back: { chart: helmChart, namespace: 'shop', timeout: '12m' },
      cache: { image: 'redis:7', namespace: 'shop', dependsOn: ['back'] },
    },
  },
];

const secrets: Part[] = [
  {},
  { secrets: { strategy: 'none' } },
  { secrets: { strategy: 'sops', keyScope: 'environment' } },
  { secrets: { strategy: 'sealed-secrets' } },
  { secrets: { strategy: 'external-secrets', store: { provider: 'gcp', credential: true } } },
];

const variables: Part[] = [{}, { variables: { domain: 'example.com', owner_mail: 'ops@example.com', flag: 'no' } }];

const rhythms: Part[] = [
  {},
  {
    intervals: { infrastructure: '2h', apps: '1m30s', charts: '24h', sources: '2m', retry: '1m' },
    timeouts: { infrastructure: '30m', apps: '90s' },
  },
];

const owners: NonNullable<Draft['repository']>[] = [
  {},
  { codeOwners: ['@acme/platform', 'ops@example.com'], visibility: 'public' },
];

const layouts: Part[] = [{}, { layout: 'fleet' }, { layout: 'multi-tenant' }];

const teams: Part[] = [
  {},
  { teams: { blue: { source: 'path', codeOwners: ['@acme/blue'] } } },
  {
    teams: {
      blue: {
        source: 'path',
        environments: ['production'],
        rights: 'namespace',
        quota: { pods: 5, 'requests.cpu': '500m' },
        limits: { max: { memory: '1Gi' } },
        podSecurity: 'restricted',
        networkPolicies: { allowFrom: ['observability', 'ingress'], denyEgress: true },
        secrets: { db: { environments: ['production'], keys: ['password'] } },
      },
      green: { source: 'ssh://git@github.com/acme/green.git', branch: 'stable/1', path: './deploy', interval: '3m' },
      red: { source: 'https://git.example.com:8443/acme/red', timeout: '90s' },
    },
  },
];

const notifications: Part[] = [
  {},
  { notifications: { slack: {}, receiver: {} } },
  {
    notifications: {
      chat: { type: 'slack', channel: 'alerts', credential: ['token'], username: 'flux', exclude: ['waiting'] },
      pagerduty: { channel: 'an integration key', environments: ['production'] },
      alertmanager: { address: 'http://alertmanager.observability:9093/api/v2/alerts/', severity: 'info', exclude: [] },
      status: { type: 'gitlab' },
      github: { proxySecret: 'proxy', certSecret: 'certificates' },
    },
  },
];

/** Teams may have their own. */
function ofTeams({ teams = {} }: Part = {}, { notifications = {} }: Part = {}): Part {
  if (Object.keys(notifications).length === 0) return {};
  const here: Part['notifications'] = 'blue' in teams ? { 'blue-chat': { type: 'slack', team: 'blue' } } : {};
  const elsewhere: Part['notifications'] =
    'green' in teams
      ? { 'green-hook': { type: 'receiver', team: 'green' }, 'green-status': { type: 'github', team: 'green' } }
      : {};
  return { notifications: { ...notifications, ...here, ...elsewhere } };
}

/** A strategy for secrets is refused to a repository that shall have no component at all. */
function withCarrier(part: Part | undefined, { secrets }: Part = {}): Part | undefined {
  const carrier = carrierOf(secrets?.strategy ?? 'sops');
  const isNone = part?.components !== undefined && Object.keys(part.components).length === 0;
  return carrier !== undefined && isNone ? { components: { [carrier]: {} } } : part;
}

/** Drafts in which every two choices meet at least once. @param least how many there are at least */
export function draftMatrix(least = 64): Draft[] {
  const rows = allPairs(
    {
      provider: providers.length,
      clusters: clusters.length,
      components: components.length,
      apps: apps.length,
      secrets: secrets.length,
      variables: variables.length,
      rhythms: rhythms.length,
      owners: owners.length,
      layouts: layouts.length,
      teams: teams.length,
      notifications: notifications.length,
    },
    least,
  );
  return rows.map((row) => ({
    ...clusters[row.clusters],
    ...withCarrier(components[row.components], secrets[row.secrets]),
    ...apps[row.apps],
    ...secrets[row.secrets],
    ...variables[row.variables],
    ...rhythms[row.rhythms],
    ...layouts[row.layouts],
    ...teams[row.teams],
    ...ofTeams(teams[row.teams], notifications[row.notifications]),
    repository: { ...forges[providers[row.provider] ?? 'none'], ...owners[row.owners] },
  }));
}
