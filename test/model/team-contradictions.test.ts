import { describe, expect, test } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { modelFrom } from '../../src/model/complete-draft.ts';
import type { Draft } from '../../src/model/model.ts';
import { readModel } from '../../src/model/read-model.ts';
import { modelText } from '../../src/model/write-model.ts';

type Teams = NonNullable<Draft['teams']>;

function told(draft: Draft): string[] {
  try {
    modelFrom(draft, { name: 'demo', id: '0123abcd' });
    return [];
  } catch (error) {
    if (error instanceof ExpectedError) return error.problems.map(({ message }) => message);
    throw error;
  }
}

const chart = { url: 'oci://ghcr.io/acme/charts/prometheus', version: '1.x' };
const shop = { source: 'path' };
const own = { source: 'ssh://git@github.com/acme/shop' };

describe('a team', () => {
  test.for<[string, Teams, string, Draft?]>([
    [
      'of the name of an app',
      { web: shop },
      'teams.web: "web" is taken by app "web"',
      { apps: { web: { image: 'a:1' } } },
    ],
    [
      'whose namespace a component has',
      { monitoring: shop },
      'teams.monitoring: namespace "monitoring" belongs to component "prometheus" already',
      { components: { prometheus: { chart, namespace: 'monitoring' } } },
    ],
    [
      'whose namespace an app has',
      { blue: shop },
      'apps.web.namespace: namespace "blue" belongs to a component or a team',
      { apps: { web: { image: 'a:1', namespace: 'blue' } } },
    ],
    ['of a reserved name', { tenants: shop }, 'teams.tenants: "tenants" is reserved'],
    ['of a name too long', { [`a${'b'.repeat(60)}`]: shop }, 'at most 56 fit the names made from it'],
    [
      'on an unknown cluster',
      { shop: { ...shop, clusters: ['eu'] } },
      'teams.shop.clusters[0]: cluster "eu" does not exist',
    ],
    [
      'in an unknown environment',
      { shop: { ...shop, environments: ['qa'] } },
      'environment "qa" does not exist; known: production, staging',
    ],
    [
      'that names a cluster twice',
      { shop: { ...shop, clusters: ['staging', 'staging'] } },
      'teams.shop.clusters[1]: "staging" is there twice',
    ],
    [
      'on some clusters of a fleet',
      { shop: { ...shop, clusters: ['staging'] } },
      'teams.shop.clusters: in layout "fleet" clusters of an environment have the same teams',
      { layout: 'fleet' },
    ],
    [
      'with clusters and environments',
      { shop: { ...shop, clusters: ['staging'], environments: ['staging'] } },
      'teams.shop.environments: has clusters and environments: choose one',
    ],
    [
      'that needs what is not there',
      { shop: { ...shop, dependsOn: ['vault'] } },
      'component or app "vault" does not exist',
    ],
    [
      'in the same folder of a repository as another',
      { shop: own, shop2: { source: `${own.source}.git`, path: './' } },
      'teams.shop2.source: team "shop" has the same folder of the same repository already',
    ],
    [
      'in this repository with a branch',
      { shop: { ...shop, branch: 'main' } },
      'is for a team with a repository of its own',
    ],
    [
      'with a deploy key for a public repository',
      { shop: { source: 'https://github.com/acme/shop', knownHosts: ['a ssh-ed25519 AAAA'] } },
      'teams.shop.knownHosts: is for a repository that is reached by ssh://',
    ],
    [
      'with a quota of nonsense',
      { shop: { ...shop, quota: { pods: 'many' } } },
      'teams.shop.quota.pods: must be an amount',
    ],
    [
      'with a Secret of the name of its deploy key',
      { shop: { ...own, secrets: { 'deploy-key': { environments: ['staging'], keys: ['identity'] } } } },
      "Secret shop/deploy-key is Flux's own",
    ],
    [
      'with a Secret in another namespace',
      { shop: { ...shop, secrets: { db: { namespace: 'kube-system', environments: ['staging'], keys: ['a'] } } } },
      '"kube-system" is reserved',
    ],
    [
      'with a Secret where it is not',
      { shop: { ...shop, environments: ['production'], secrets: { db: { environments: ['staging'], keys: ['a'] } } } },
      'team "shop" is not in environment "staging"',
    ],
    [
      'that may read the whole store',
      { shop: { ...shop, rights: 'admin' } },
      'with External Secrets the role admin reads all',
      { secrets: { strategy: 'external-secrets' } },
    ],
    [
      'with its own key without SOPS',
      { shop: { ...shop, ownKey: true } },
      'is for SOPS',
      { secrets: { strategy: 'none' } },
    ],
  ])('%s is refused', ([, teams, message, rest = {}]) => {
    expect(told({ ...rest, teams }).join('\n')).toContain(message);
  });

  test.for([
    ['htp:/foo', 'begins with htp:, and Flux takes https://HOST/OWNER/REPOSITORY or ssh://git@HOST/OWNER/REPOSITORY'],
    [
      'htps://github.com/acme/shop',
      'begins with htps:, and Flux takes https://github.com/acme/shop or ssh://git@github.com/acme/shop',
    ],
    ['https:/acme.io', 'begins with https:, and Flux takes https://HOST/OWNER/REPOSITORY or'],
    ['github:acme/shop', "is git's short form: write ssh://git@github/acme/shop"],
    ['git@github.com:acme/shop.git', "is git's short form: write ssh://git@github.com/acme/shop.git"],
    ['http://git.example.com/shop', 'is not encrypted on its way'],
    ['https://ada:pa55word@github.com/acme/shop', 'has a user or a password in it'],
    ['ssh://ada:pa55word@github.com/acme/shop', 'has a password in it'],
    ['github.com/acme/shop', 'must be "path", or an address'],
    ['ssh://git@github.com/${x}/shop', 'must be "path", or an address'],
  ] as const)('of the source %s is refused, and no password is repeated', ([source, message]) => {
    const problems = told({ teams: { shop: { source } } }).join('\n');
    expect(problems).toContain(message);
    expect(problems).not.toContain('pa55word');
  });

  test('is read back from the file as it was said', () => {
    const teams: Teams = {
      shop: { ...own, rights: 'namespace', quota: { pods: 5 }, environments: ['staging'] },
      web: shop,
    };
    const model = modelFrom({ teams }, { name: 'demo', id: '0123abcd' });
    expect(readModel({ text: modelText(model), file: 'flux-repo.yaml' })).toEqual(model);
    expect(model.teams).toEqual(teams);
  });
});
