import { expect, test } from 'vitest';
import type { Draft } from '../../src/model/model.ts';
import { app, chart, component, image, told } from './told-draft.ts';

test.for([
  [
    'an environment that does not exist',
    { clusters: { a: { environment: 'prod' } }, environments: { production: {} } },
    [
      'clusters.a.environment: environment "prod" does not exist; known: production · Add "prod: {}" under environments, or use one of them.',
    ],
  ],
  ['no cluster', { clusters: {} }, ['clusters: a repository needs at least one cluster']],
  [
    'an environment of a unit that does not exist',
    app('web', { ...image, environments: { prod: { replicas: 1 } } }),
    ['apps.web.environments.prod: environment "prod" does not exist'],
  ],
  [
    'the name of something every object has',
    app('web', { ...image, environments: { valueOf: {} } as never }),
    [
      'apps.web.environments.valueOf: "valueOf": "O" is not allowed: use lower-case letters, digits and "-"; try "valueof"',
    ],
  ],
  [
    'a provider without an owner',
    { repository: { provider: 'github' } },
    ['repository.owner: github needs the user, organisation or group · Say it with --owner NAME.'],
  ],
  [
    'gitea without a server',
    { repository: { provider: 'gitea', owner: 'acme' } },
    ['repository.host: gitea needs the address of your server · Say it with --host git.example.com.'],
  ],
  [
    'a branch that git refuses',
    { repository: { branch: 'a..b' } },
    ['repository.branch: "a..b" is no branch name for git'],
  ],
  [
    'an unknown component',
    component('cert-manger', {}),
    [
      'components.cert-manger: there is no component "cert-manger", did you mean "cert-manager"? · Known: cert-manager, envoy-gateway, external-secrets, gateway-api, sealed-secrets. Any other chart needs "chart: {url, version}".',
    ],
  ],
  [
    'a component without what it needs',
    component('envoy-gateway', {}),
    [
      'components.envoy-gateway: needs component "gateway-api" · Add "gateway-api: {}" under components, or "gateway-api: {provided: true}" when the cluster brings it.',
    ],
  ],
  [
    'a chart of a Helm repository without its name',
    component('x', { chart: { url: 'https://example.com', version: '1.x' } }),
    ['components.x.chart: a chart from a Helm repository needs its name'],
  ],
  [
    'a setting nobody knows',
    component('cert-manager', { settings: { acmeMail: 'a@b.c' } }),
    ['components.cert-manager.settings.acmeMail: cert-manager has no such setting; it knows acmeEmail'],
  ],
  [
    'a setting of a wrong form',
    component('cert-manager', { settings: { acmeEmail: 'me' } }),
    [expect.stringContaining('components.cert-manager.settings.acmeEmail: must match ')],
  ],
  [
    'a dependency on nothing',
    app('web', { ...image, dependsOn: ['db'] }),
    ['apps.web.dependsOn[0]: "db" is no app and no component here'],
  ],
  [
    'a component that waits for an app',
    { ...app('web'), ...component('x', { ...chart, dependsOn: ['web'] }) },
    ['components.x.dependsOn[0]: "web" is no component here'],
  ],
  [
    'an app that waits for itself',
    app('web', { ...image, dependsOn: ['web'] }),
    ['apps.web.dependsOn: waits for itself: web -> web'],
  ],
  [
    'a circle of apps',
    {
      components: {},
      apps: { a: { ...image, dependsOn: ['b'] }, b: { ...image, dependsOn: ['c'] }, c: { ...image, dependsOn: ['b'] } },
    },
    ['apps.a.dependsOn: waits for itself: b -> c -> b'],
  ],
  [
    'a circle by what a component needs',
    { components: { 'gateway-api': { dependsOn: ['envoy-gateway'] }, 'envoy-gateway': {} } },
    [expect.stringContaining('waits for itself: ')],
  ],
  [
    'a circle by what a component waits for when it is there',
    { components: { 'gateway-api': { dependsOn: ['cert-manager'] }, 'cert-manager': {} } },
    [expect.stringContaining('waits for itself: ')],
  ],
  ['neither image nor chart', app('web', {}), ['apps.web: needs an image or a chart']],
  ['image and chart', app('web', { ...image, ...chart }), ['apps.web: has an image and a chart: choose one']],
  [
    'values for an image',
    app('web', { ...image, values: { a: 1 } }),
    ['apps.web.values: is for charts; this app is made from an image'],
  ],
  [
    'a version of an image in one environment',
    app('web', { ...image, environments: { production: { version: '1' } } }),
    ['apps.web.environments.production.version: is for charts; this app is made from an image'],
  ],
  [
    'a port of a chart',
    app('web', { ...chart, port: 80 }),
    ['apps.web.port: is for images; this app is a chart, with values of its own'],
  ],
  [
    'replicas of a component',
    component('cert-manager', { environments: { production: { replicas: 2 } } }),
    [
      'components.cert-manager.environments.production.replicas: a component is a chart: its replicas are among its values',
    ],
  ],
  [
    'another namespace for a component that is known',
    component('cert-manager', { namespace: 'certs' }),
    ['components.cert-manager.namespace: "cert-manager" is in the catalogue; only its version and values can be set'],
  ],
  [
    'a chart for a component that is known',
    component('cert-manager', chart),
    ['components.cert-manager.chart: "cert-manager" is in the catalogue; only its version and values can be set'],
  ],
  [
    'values for a component without a chart',
    component('gateway-api', { values: { a: 1 } }),
    ['components.gateway-api.values: "gateway-api" is in the catalogue and is no chart'],
  ],
  [
    'a version of what the cluster brings',
    component('cert-manager', { provided: true, version: '1.x' }),
    ['components.cert-manager.version: the cluster provides this component, so nothing is made of it here'],
  ],
  [
    'a variable that is ours',
    { variables: { cluster_name: 'x' } },
    ['variables.cluster_name: is set for every cluster already'],
  ],
  [
    'a strategy without the component that carries it out',
    { components: {}, secrets: { strategy: 'sealed-secrets' } },
    [
      'secrets.strategy: "sealed-secrets" needs component "sealed-secrets" · Add "sealed-secrets: {}" under components, or "sealed-secrets: {provided: true}" when the cluster brings it.',
    ],
  ],
  [
    'a store that nothing reads from',
    { secrets: { strategy: 'none', store: { provider: 'vault' } } },
    ['secrets.store: is for the strategy external-secrets; this one is none'],
  ],
  [
    'a Secret of what brings the Secrets',
    {
      components: {
        'external-secrets': { dependsOn: ['cert-manager'] },
        'cert-manager': { secrets: { dns: { keys: ['token'], environments: ['production'] } } },
      },
      secrets: { strategy: 'external-secrets' },
    },
    [
      'components.cert-manager.secrets.dns: external-secrets is not ready before cert-manager is, so external-secrets cannot bring a Secret of it · Make the Secret by hand in each cluster, and leave it out here.',
    ],
  ],
  [
    'two Secrets with one name in the store',
    {
      apps: {
        a: { image: 'x', secrets: { 'b--c': { keys: ['k'], environments: ['production'] } } },
        'a--b': { image: 'x', secrets: { c: { keys: ['k'], environments: ['production'] } } },
      },
      secrets: { strategy: 'external-secrets', store: { provider: 'azure' } },
    },
    ['apps.a.secrets.b--c: its entry in the store would be that of apps.a--b.secrets.c: demo--production--a--b--c'],
  ],
  [
    'a name that is too long for the store',
    {
      apps: {
        ['a'.repeat(50)]: { image: 'x', secrets: { ['b'.repeat(60)]: { keys: ['k'], environments: ['production'] } } },
      },
      secrets: { strategy: 'external-secrets', store: { provider: 'azure' } },
    },
    [
      `apps.${'a'.repeat(50)}.secrets.${'b'.repeat(60)}: its entry in the store would be called demo--production--${'a'.repeat(50)}--${'b'.repeat(60)}: at most 127 characters fit`,
    ],
  ],
  ['a reserved name', app('apps'), ['apps.apps: "apps" is reserved · Choose another name, for example "apps-1".']],
  [
    'a name of Kubernetes',
    app('kube-x'),
    ['apps.kube-x: "kube-x" is reserved · Choose another name, for example "kube-x-1".'],
  ],
  [
    'a name like that of a team',
    app('tenant-a'),
    ['apps.tenant-a: names that begin with "tenant-" are reserved for the Kustomizations of teams'],
  ],
] as [string, Draft, unknown[]][])('%s is refused and explained', ([, draft, expected]) => {
  expect(told(draft)).toEqual(expected);
});

test.for([
  ['an app that waits for a component', { apps: { web: { ...image, dependsOn: ['cert-manager'] } } }],
  [
    'an environment without a cluster',
    { environments: { production: {}, later: {} }, clusters: { a: { environment: 'production' } } },
  ],
] as [string, Draft][])('%s is allowed', ([, draft]) => {
  expect(told(draft)).toEqual([]);
});

test('everything that is wrong is named at once', () => {
  expect(told({ clusters: {}, ...app('apps', { ...image, dependsOn: ['nothing'] }) })).toHaveLength(3);
});
