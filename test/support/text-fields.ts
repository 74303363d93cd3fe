import type { Draft } from '../../src/model/model.ts';

/** A place in the model where a person writes text. */
export interface TextField {
  name: string;
  put: (draft: Draft, text: string) => Draft;
  /** Text that means nothing to anybody, and that the field accepts. */
  harmless: string;
  /** Makes a text look like what the field wants, so that it comes further. */
  dress: (text: string) => string;
  /** The YAML file that has the text as a value or as a key; none when it is only in prose. */
  file?: string;
  /** The value as it stands in the file, when more than the text is there. */
  arrives?: (text: string) => string;
}

type Unit = NonNullable<Draft['components']>[string];
type AppUnit = NonNullable<Draft['apps']>[string];

const component = (draft: Draft, name: string, more: Unit): Draft => ({
  ...draft,
  components: { ...draft.components, [name]: { ...draft.components?.[name], ...more } },
});

const app = (draft: Draft, name: string, more: AppUnit): Draft => ({
  ...draft,
  apps: { ...draft.apps, [name]: { ...draft.apps?.[name], ...more } },
});

const repository = (draft: Draft, more: Draft['repository']): Draft => ({
  ...draft,
  repository: { ...draft.repository, ...more },
});

const notification = (draft: Draft, told: NonNullable<Draft['notifications']>[string]): Draft => ({
  ...draft,
  notifications: { told },
});

const same = (text: string) => text;
const logs = 'infrastructure/base/logs/release';
const metrics = 'infrastructure/base/metrics/release';
const logsOverlay = 'infrastructure/overlays/production/logs/release';
const vars = 'clusters/production/cluster-vars.yaml';

export const textFields: readonly TextField[] = [
  {
    name: 'repository.name',
    put: (draft, name) => repository(draft, { name }),
    harmless: 'demo2',
    dress: (text) => `a${text}`,
    file: 'flux-repo.yaml',
  },
  {
    name: 'repository.owner',
    put: (draft, owner) => repository(draft, { owner }),
    harmless: 'group',
    dress: (text) => `acme/${text}`,
    file: 'flux-repo.yaml',
  },
  {
    name: 'repository.host',
    put: (draft, host) => repository(draft, { host }),
    harmless: 'git.example.com',
    dress: (text) => `https://git.example.com/${text}`,
    file: 'flux-repo.yaml',
  },
  {
    name: 'repository.branch',
    put: (draft, branch) => repository(draft, { branch }),
    harmless: 'trunk',
    dress: (text) => `a${text}`,
    file: 'flux-repo.yaml',
  },
  {
    name: 'repository.codeOwners',
    put: (draft, owner) => repository(draft, { codeOwners: [owner] }),
    harmless: '@acme',
    dress: (text) => `${text}@example.com`,
    file: 'flux-repo.yaml',
  },
  {
    name: 'a variable of the repository',
    put: (draft, value) => ({ ...draft, variables: { region: value } }),
    harmless: 'north',
    dress: same,
    file: vars,
  },
  {
    name: 'a variable of an environment',
    put: (draft, value) => ({ ...draft, environments: { production: { variables: { region: value } } } }),
    harmless: 'north',
    dress: same,
    file: vars,
  },
  {
    name: "a variable's name",
    put: (draft, name) => ({ ...draft, variables: { [name]: 'x' } }),
    harmless: 'region',
    dress: (text) => `a${text}`,
    file: vars,
  },
  {
    name: 'the ACME address of cert-manager',
    put: (draft, acmeEmail) => component(draft, 'cert-manager', { settings: { acmeEmail } }),
    harmless: 'ops@example.com',
    dress: (text) => `${text}@example.com`,
    file: 'infrastructure/base/cert-manager/config/acme-issuer.yaml',
  },
  {
    name: "a catalogue component's version",
    put: (draft, version) => component(draft, 'cert-manager', { version }),
    harmless: '1.x',
    dress: (text) => `1.x || ${text}`,
    file: 'infrastructure/base/cert-manager/release/source.yaml',
  },
  {
    name: "a chart's OCI address",
    put: (draft, url) => component(draft, 'logs', { chart: { url, version: '1.x' } }),
    harmless: 'oci://example.com/logs2',
    dress: (text) => `oci://example.com/${text}`,
    file: `${logs}/source.yaml`,
  },
  {
    name: "a Helm repository's address",
    put: (draft, url) => component(draft, 'metrics', { chart: { url, name: 'metrics', version: '1.x' } }),
    harmless: 'https://example.com/charts',
    dress: (text) => `https://example.com/${text}`,
    file: `${metrics}/source.yaml`,
  },
  {
    name: "a chart's name",
    put: (draft, name) => component(draft, 'metrics', { chart: { url: 'https://example.com', name, version: '1.x' } }),
    harmless: 'some-chart',
    dress: (text) => `a${text}`,
    file: `${metrics}/release.yaml`,
  },
  {
    name: "a component chart's version",
    put: (draft, version) =>
      component(draft, 'metrics', { chart: { url: 'https://example.com', name: 'metrics', version } }),
    harmless: '2.x',
    dress: (text) => `>1 ${text}`,
    file: `${metrics}/release.yaml`,
  },
  {
    name: "an app chart's version",
    put: (draft, version) => app(draft, 'shop', { chart: { url: 'oci://example.com/shop', version } }),
    harmless: '2.x',
    dress: (text) => `>1 ${text}`,
    file: 'apps/base/shop/source.yaml',
  },
  {
    name: "an app chart's address",
    put: (draft, url) => app(draft, 'shop', { chart: { url, version: '1.x' } }),
    harmless: 'oci://example.com/shop2',
    dress: (text) => `oci://example.com/${text}`,
    file: 'apps/base/shop/source.yaml',
  },
  {
    name: "an environment's chart version",
    put: (draft, version) => component(draft, 'logs', { environments: { production: { version } } }),
    harmless: '2.x',
    dress: (text) => `>1 ${text}`,
    file: `${logsOverlay}/version.yaml`,
  },
  {
    name: 'a chart value',
    put: (draft, value) => component(draft, 'logs', { values: { deep: [{ text: value }] } }),
    harmless: 'word',
    dress: (text) => `a ${text}`,
    file: `${logs}/release.yaml`,
  },
  {
    name: "a chart value's key",
    put: (draft, key) => component(draft, 'logs', { values: { deep: { [key]: 'x' } } }),
    harmless: 'word',
    dress: (text) => `a ${text}`,
    file: `${logs}/release.yaml`,
  },
  {
    name: "a chart value's first key",
    put: (draft, key) => component(draft, 'logs', { values: { [key]: 'x' } }),
    harmless: 'word',
    dress: (text) => `a ${text}`,
    file: `${logs}/release.yaml`,
  },
  {
    name: 'a chart value of one environment',
    put: (draft, value) => app(draft, 'shop', { environments: { production: { values: { list: ['x', value] } } } }),
    harmless: 'word',
    dress: (text) => `a ${text}`,
    file: 'apps/overlays/production/shop/values.yaml',
  },
  {
    name: "a notification's channel",
    put: (draft, channel) => notification(draft, { type: 'slack', channel }),
    harmless: 'alerts',
    dress: (text) => `#${text}`,
    file: 'infrastructure/base/notifications/told/release/provider.yaml',
  },
  {
    name: "a notification's address",
    put: (draft, address) => notification(draft, { type: 'alertmanager', address }),
    harmless: 'https://example.com',
    dress: (text) => `https://example.com/${text}`,
    file: 'infrastructure/base/notifications/told/release/provider.yaml',
  },
  {
    name: "a notification's username",
    put: (draft, username) => notification(draft, { type: 'discord', username }),
    harmless: 'flux',
    dress: same,
    file: 'infrastructure/base/notifications/told/release/provider.yaml',
  },
  {
    name: "an app's image",
    put: (draft, image) => app(draft, 'web', { image }),
    harmless: 'nginx',
    dress: (text) => `example.com/nginx:${text}`,
    file: 'apps/base/web/deployment.yaml',
  },
  {
    name: "an app's health path",
    put: (draft, healthPath) => app(draft, 'web', { healthPath }),
    harmless: '/healthz',
    dress: (text) => `/${text}`,
    file: 'apps/base/web/deployment.yaml',
  },
  {
    name: "an app's interval",
    put: (draft, interval) => app(draft, 'web', { interval }),
    harmless: '7m',
    dress: (text) => `${text}m`,
    file: 'apps/overlays/production/web.yaml',
  },
  {
    name: "an environment's timeout",
    put: (draft, timeout) => ({ ...draft, environments: { production: { timeouts: { infrastructure: timeout } } } }),
    harmless: '7m',
    dress: (text) => `1${text}m`,
    file: 'infrastructure/overlays/production/logs.yaml',
  },
];
