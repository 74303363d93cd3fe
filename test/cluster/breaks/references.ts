import { manifest } from '../../check/manifests.ts';
import { added, appended, type Break, files, replaced } from './break.ts';
import { readiness } from './readiness.ts';

const { unit, overlay, service, release, deployment, sealed } = files;

/** Names that lead nowhere. */
export const references: readonly Break[] = [
  {
    rule: 'reference/depends-on',
    when: 'an app waits for what is not there',
    edits: [replaced(unit, 'spec:\n', 'spec:\n  dependsOn:\n    - name: nothing\n')],
    says: /^False DependencyNotReady: .*nothing.* not found/,
  },
  {
    rule: 'reference/depends-on',
    when: 'a release waits for what is not there',
    app: 'chart',
    edits: [replaced(release, 'spec:\n', 'spec:\n  dependsOn:\n    - name: nothing\n')],
    of: 'HelmRelease/NAME/NAME',
    says: /^False DependencyNotReady: .*nothing/,
  },
  {
    rule: 'reference/path',
    when: 'a path is mistyped',
    edits: [replaced(unit, '/production/NAME\n', '/production/NAMES\n')],
    says: /^False ArtifactFailed: .*path not found/,
  },
  {
    rule: 'reference/secret',
    when: 'keys are named that are in another namespace',
    app: 'secret',
    edits: [replaced(unit, 'name: sops-age', 'name: db')],
    says: /^False BuildFailed: secrets "db" not found/,
  },
  {
    rule: 'reference/service-account',
    when: 'the account of an app is mistyped',
    edits: [replaced(unit, 'serviceAccountName: kustomize-controller', 'serviceAccountName: kustomize-controler')],
    says: /^False .*"system:serviceaccount:flux-system:kustomize-controler" cannot/,
  },
  {
    rule: 'reference/service-account',
    when: 'the account of a release is mistyped',
    app: 'chart',
    edits: [replaced(release, 'serviceAccountName: flux-reconciler', 'serviceAccountName: flux-reconcile')],
    of: 'HelmRelease/NAME/NAME',
    says: /^False .*"system:serviceaccount:NAME:flux-reconcile" cannot/,
  },
  {
    rule: 'reference/rights',
    when: 'a release has an account that no role is bound to',
    app: 'chart',
    edits: [
      replaced(release, 'serviceAccountName: flux-reconciler', 'serviceAccountName: powerless'),
      appended(release, manifest('v1', 'ServiceAccount', 'NAME/powerless', {})),
    ],
    of: 'HelmRelease/NAME/NAME',
    says: /^False .*"system:serviceaccount:NAME:powerless" cannot/,
  },
  {
    rule: 'reference/beyond-rights',
    when: 'an app brings a role of the whole cluster, and its account has rights in its namespace only',
    edits: [
      replaced(unit, 'serviceAccountName: kustomize-controller', 'serviceAccountName: NAME'),
      appended(unit, manifest('v1', 'ServiceAccount', 'flux-system/NAME', {})),
      appended(
        unit,
        manifest('rbac.authorization.k8s.io/v1', 'RoleBinding', 'NAME/deployer', {
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' },
          subjects: [{ kind: 'ServiceAccount', name: 'NAME', namespace: 'flux-system' }],
        }),
      ),
      added(manifest('rbac.authorization.k8s.io/v1', 'ClusterRole', 'NAME', { rules: [] })),
    ],
    says: /^False .*"system:serviceaccount:flux-system:NAME" cannot .* "clusterroles"/,
  },
  {
    rule: 'reference/role',
    when: 'the account of a release is bound to a role that is not there',
    app: 'chart',
    edits: [
      replaced(release, 'serviceAccountName: flux-reconciler', 'serviceAccountName: powerless'),
      appended(release, manifest('v1', 'ServiceAccount', 'NAME/powerless', {})),
      appended(
        release,
        manifest('rbac.authorization.k8s.io/v1', 'RoleBinding', 'NAME/powerless', {
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'nothing' },
          subjects: [{ kind: 'ServiceAccount', name: 'powerless', namespace: 'NAME' }],
        }),
      ),
    ],
    of: 'HelmRelease/NAME/NAME',
    says: /^False .*(RBAC: role.*"nothing" not found|:NAME:powerless" cannot)/,
  },
  {
    rule: 'reference/source',
    when: 'the source of an app is mistyped',
    edits: [replaced(unit, '    name: flux-system\n', '    name: flux-sytem\n')],
    says: /^False ArtifactFailed: .*GitRepository\/flux-system\/flux-sytem' not found|^False .*flux-sytem.* not found/,
  },
  {
    rule: 'reference/source',
    when: 'the source of a chart is mistyped',
    app: 'chart',
    edits: [replaced(release, '    name: NAME\n', '    name: NAME-chart\n')],
    of: 'HelmRelease/NAME/NAME',
    says: /^False .*NAME-chart.* not found/,
  },
  {
    rule: 'reference/source-ignore',
    when: '.sourceignore leaves out what is built',
    edits: [appended('.sourceignore', '/apps/base/NAME/service.yaml\n')],
    says: /^False BuildFailed: .*service\.yaml.* no such file/,
  },
  {
    rule: 'reference/substitute-from',
    when: 'the variables of a cluster are mistyped',
    edits: [replaced(unit, 'name: cluster-vars', 'name: cluster-var')],
    says: /^False BuildFailed: .*substitute from 'ConfigMap\/cluster-var' error: .* not found/,
  },
  {
    rule: 'reference/values-from',
    when: 'values are in no ConfigMap',
    app: 'chart',
    edits: [replaced(release, 'spec:\n', 'spec:\n  valuesFrom:\n    - kind: ConfigMap\n      name: nothing\n')],
    of: 'HelmRelease/NAME/NAME',
    says: /^False ValuesError: .*nothing.* not found/,
  },
  {
    rule: 'order/namespace',
    when: 'a namespace is mistyped where it is used',
    edits: [replaced(service, 'namespace: NAME', 'namespace: NAME-x')],
    says: /^False ReconciliationFailed: Service\/NAME-x\/NAME .*namespaces "NAME-x" not found/s,
  },
  {
    rule: 'order/no-namespace',
    when: 'a namespace is left out',
    edits: [replaced(service, '  namespace: NAME\n', '')],
    says: /^False ReconciliationFailed: Service\/NAME namespace not specified/,
  },
  {
    rule: 'graph/cycle',
    when: 'two apps wait for each other',
    hasPartner: true,
    edits: [replaced(unit, 'spec:\n', 'spec:\n  dependsOn:\n    - name: NAME-b\n')],
    shows: {
      wanted: /^False DependencyNotReady: dependency 'flux-system\/NAME-b'/,
      look: async (cluster, name) => {
        // A circle keeps commits from starting any Kustomization of the source.
        const now = `reconcile.fluxcd.io/requestedAt=${Date.now()}`;
        await cluster.run('kubectl', [
          'annotate',
          '--overwrite',
          '--namespace=flux-system',
          'kustomization',
          name,
          now,
        ]);
        return (await readiness(cluster)).get(`Kustomization/flux-system/${name}`) ?? '';
      },
    },
  },
  {
    rule: 'graph/cycle',
    when: 'an app waits for itself',
    edits: [replaced(unit, 'spec:\n', 'spec:\n  dependsOn:\n    - name: NAME\n')],
    says: /^False DependencyNotReady: .*NAME/,
  },
  {
    rule: 'graph/two-owners',
    when: 'an app includes the folder of another one',
    hasPartner: true,
    edits: [appended(overlay, '  - ../../../base/NAME-b\n')],
    shows: {
      wanted: /^NAME NAME-b NAME$/,
      look: async (cluster, name) => {
        const owners: string[] = [];
        for (const owner of [name, `${name}-b`, name]) {
          await cluster.run('flux', ['reconcile', 'kustomization', owner]);
          const label = '{.metadata.labels.kustomize\\.toolkit\\.fluxcd\\.io/name}';
          const of = ['get', 'deployment', `${name}-b`, `--namespace=${name}-b`, `--output=jsonpath=${label}`];
          owners.push(await cluster.run('kubectl', of));
        }
        return owners.join(' ');
      },
    },
  },
  {
    rule: 'health/unknown-check',
    when: 'the health of what is not there is checked',
    edits: [
      replaced(
        unit,
        '  wait: true\n',
        '  healthChecks:\n    - apiVersion: apps/v1\n      kind: Deployment\n      name: nothing\n      namespace: NAME\n',
      ),
    ],
    says: /^False HealthCheckFailed: .*Deployment\/NAME\/nothing status: 'NotFound'/,
  },
  {
    rule: 'secrets/not-created',
    when: 'a declared Secret is not created',
    app: 'secret',
    edits: [{ file: sealed }],
    says: /^False BuildFailed: .*db\.sops\.yaml/,
  },
  {
    rule: 'versions/removed',
    when: 'an API version is used that is gone',
    edits: [
      appended(
        deployment,
        manifest('policy/v1beta1', 'PodDisruptionBudget', 'NAME/NAME', { spec: { minAvailable: 1 } }),
      ),
    ],
    says: /^False ReconciliationFailed: PodDisruptionBudget\/NAME\/NAME dry-run failed: no matches for kind/,
  },
  {
    rule: 'versions/removed-field',
    when: 'a field is used that is gone',
    edits: [
      appended(
        deployment,
        manifest('source.toolkit.fluxcd.io/v1', 'GitRepository', 'NAME/apps', {
          spec: { interval: '10m', url: 'https://git.example.com/acme/apps', gitImplementation: 'go-git' },
        }),
      ),
    ],
    says: /^False ReconciliationFailed: GitRepository\/NAME\/apps dry-run failed.*gitImplementation: field not declared/,
  },
  {
    rule: 'versions/scp-url',
    when: 'an address is written as git takes it',
    edits: [
      appended(
        deployment,
        manifest('source.toolkit.fluxcd.io/v1', 'GitRepository', 'NAME/apps', {
          spec: { interval: '10m', url: 'git@git.example.com:acme/apps.git' },
        }),
      ),
    ],
    says: /^False ReconciliationFailed: GitRepository\/NAME\/apps dry-run failed.*spec\.url/,
  },
];
