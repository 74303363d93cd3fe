import { describe, expect, test } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { declaredSecrets } from '../../src/model/declared-secrets.ts';
import { readModel } from '../../src/model/read-model.ts';

const head = `version: 1
id: 0123abcd
repository: {name: demo}
environments: {idle: {}, production: {}, staging: {}}
`;
const clusters = `clusters:
  eu: {environment: production}
  us: {environment: production}
  lab: {environment: staging}
`;
const components = `components:
  cert-manager: {}
  gateway-api: {}
`;

const read = (text: string) => readModel({ text, file: 'flux-repo.yaml' });

describe('the files of declared secrets', () => {
  const model = read(`${head}clusters:
  eu: {environment: production, secrets: {git-token: {keys: [b, a]}}}
  lab: {environment: staging}
components:
  cert-manager:
    secrets:
      dns: {keys: [token], environments: [staging, production]}
apps:
  web:
    image: nginx
    namespace: front
    secrets:
      db: {type: basic-auth, keys: [username, password], environments: [production, idle]}
      mail: {namespace: cert-manager, keys: [x], environments: [staging]}
`);

  test('there is one for each living environment, in path order', () => {
    expect(declaredSecrets(model).map(({ path }) => path)).toEqual([
      'apps/overlays/production/web/db.sops.yaml',
      'apps/overlays/staging/web/mail.sops.yaml',
      'infrastructure/overlays/production/cert-manager/release/dns.sops.yaml',
      'infrastructure/overlays/staging/cert-manager/release/dns.sops.yaml',
      'secrets/eu/git-token.sops.yaml',
    ]);
  });

  test('it says what the Secret is and whose', () => {
    const [db, mail, dns, , token] = declaredSecrets(model);
    expect(db).toEqual({
      name: 'db',
      owner: { kind: 'app', name: 'web' },
      environment: 'production',
      cluster: undefined,
      namespace: 'front',
      type: 'basic-auth',
      keys: ['password', 'username'],
      path: 'apps/overlays/production/web/db.sops.yaml',
      unit: 'app-web',
    });
    expect(mail).toMatchObject({ namespace: 'cert-manager', type: 'Opaque' });
    expect(dns).toMatchObject({ namespace: 'cert-manager', unit: 'component-cert-manager' });
    expect(token).toMatchObject({
      environment: undefined,
      cluster: 'eu',
      namespace: 'flux-system',
      keys: ['a', 'b'],
      unit: 'cluster-eu',
    });
  });
});

/** Faults as `line:column message`; lines of the part after `head`. */
function told(text: string): string[] {
  try {
    read(head + text);
    return [];
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const above = head.split('\n').length - 1;
    return error.problems.map(({ line = 0, column, message }) => `${line - above}:${column} ${message}`);
  }
}

const ofApp = (secrets: string) => `${clusters}${components}apps:\n  web:\n    image: nginx\n    secrets:\n${secrets}`;
const ofCluster = (secrets: string) => `clusters:\n  eu:\n    environment: production\n    secrets:\n${secrets}`;

describe('a declaration that cannot be', () => {
  test.each<[string, string, string[]]>([
    [
      'a name that is no label',
      ofApp('      DB: {keys: [a], environments: [staging]}\n'),
      ['12:7 apps.web.secrets.DB: "DB": "D" is not allowed: use lower-case letters, digits and "-"; try "db"'],
    ],
    [
      'a key that Kubernetes does not take',
      ofApp('      db: {keys: [a b], environments: [staging]}\n'),
      ['12:19 apps.web.secrets.db.keys[0]: must be letters, digits, "-", "_" and "."'],
    ],
    [
      'a key that leaves its folder',
      ofApp('      db: {keys: [..a], environments: [staging]}\n'),
      ['12:19 apps.web.secrets.db.keys[0]: cannot be "." nor begin with ".."'],
    ],
    [
      'no key',
      ofApp('      db: {keys: [], environments: [staging]}\n'),
      ['12:12 apps.web.secrets.db.keys: needs the name of at least one key'],
    ],
    [
      'a value beside the name of its key',
      ofApp('      db: {keys: [a], environments: [staging], values: {a: hunter2}}\n'),
      ['12:48 apps.web.secrets.db.values: unknown key "values"; known here: type, namespace, environments, keys'],
    ],
    [
      'a key and an environment twice',
      ofApp('      db: {keys: [a, a], environments: [staging, staging]}\n'),
      [
        '12:22 apps.web.secrets.db.keys[1]: "a" is there twice',
        '12:50 apps.web.secrets.db.environments[1]: "staging" is there twice',
      ],
    ],
    [
      'an environment that does not exist',
      ofApp('      db: {keys: [a], environments: [prod]}\n'),
      ['12:38 apps.web.secrets.db.environments[0]: environment "prod" does not exist'],
    ],
    [
      "an app's in the namespace of Flux",
      ofApp('      db: {keys: [a], environments: [staging], namespace: flux-system}\n'),
      ['12:48 apps.web.secrets.db.namespace: Secrets in flux-system belong to a cluster'],
    ],
    [
      "an app's in a namespace of Kubernetes",
      ofApp('      db: {keys: [a], environments: [staging], namespace: kube-system}\n'),
      ['12:48 apps.web.secrets.db.namespace: "kube-system" is reserved'],
    ],
    [
      "an app's in a namespace that nothing makes",
      ofApp('      db: {keys: [a], environments: [staging], namespace: wbe}\n'),
      ['12:48 apps.web.secrets.db.namespace: nothing makes namespace "wbe" before it'],
    ],
    [
      "a component's without a namespace",
      `${clusters}components:\n  gateway-api:\n    secrets:\n      tls: {keys: [a], environments: [staging]}\n`,
      ['8:7 components.gateway-api.secrets.tls: needs a namespace: its component has none'],
    ],
    [
      "a component's in the namespace of an app, which comes later",
      `${clusters}components:\n  cert-manager:\n    secrets:\n      dns: {keys: [a], environments: [staging], namespace: web}\napps: {web: {image: nginx}}\n`,
      ['8:49 components.cert-manager.secrets.dns.namespace: nothing makes namespace "web" before it'],
    ],
    [
      'what a component has that the cluster brings',
      `${clusters}components:\n  gateway-api:\n    provided: true\n    secrets:\n      tls: {keys: [a], environments: [staging]}\n`,
      ['8:5 components.gateway-api.secrets: the cluster provides this component, so nothing is made of it here'],
    ],
    [
      'two of one name in one namespace and environment',
      `${ofApp('      db: {keys: [a], environments: [staging]}\n')}  worker:\n    image: nginx\n    namespace: web\n    secrets:\n      db: {keys: [a], environments: [production, staging]}\n`,
      ['17:7 apps.worker.secrets.db: apps.web declares it too; both would be Secret web/db'],
    ],
    [
      "a cluster's in another namespace",
      ofCluster('      token: {keys: [a], namespace: web}\n'),
      ['5:26 clusters.eu.secrets.token.namespace: Secrets of a cluster are in flux-system'],
    ],
    [
      "a cluster's for an environment",
      ofCluster('      token: {keys: [a], environments: [staging]}\n'),
      ['5:26 clusters.eu.secrets.token.environments: unknown key "environments"; known here: type, namespace, keys'],
    ],
    [
      "a cluster's of a name that Flux uses",
      ofCluster('      sops-age: {keys: [a]}\n      flux-system: {keys: [a]}\n'),
      [
        "6:7 clusters.eu.secrets.flux-system: Secret flux-system/flux-system is Flux's own: choose another name",
        "5:7 clusters.eu.secrets.sops-age: Secret flux-system/sops-age is Flux's own: choose another name",
      ],
    ],
  ])('%s', (_, text, messages) => {
    expect(told(text)).toEqual(messages);
  });
});

test('apps may have a Secret of one name in one namespace when they never meet', () => {
  const other =
    '  worker:\n    image: nginx\n    namespace: web\n    secrets:\n      db: {keys: [a], environments: [production]}\n';
  expect(told(`${ofApp('      db: {keys: [a], environments: [staging]}\n')}${other}`)).toEqual([]);
});
