import { referenceBeyondRights } from '../../../src/check/rules/reference-beyond-rights.ts';
import { referenceRights } from '../../../src/check/rules/reference-rights.ts';
import { referenceRole } from '../../../src/check/rules/reference-role.ts';
import { manifest } from '../manifests.ts';
import { testRule } from '../rule-cases.ts';

const namespaces = 'infrastructure/overlays/production/namespaces.yaml';
const release = 'infrastructure/base/cert-manager/release/release.yaml';
const subjects = (name: string, namespace = 'cert-manager', kind = 'ServiceAccount') =>
  `subjects:\n  - kind: ${kind}\n    name: ${name}\n${namespace === '' ? '' : `    namespace: ${namespace}\n`}`;
const roleRef = (name: string) => `  kind: ClusterRole\n  name: ${name}\nsubjects:`;

testRule(referenceRights, [
  {
    when: 'the account of a binding is mistyped',
    edits: { [namespaces]: [subjects('flux-reconciler'), subjects('flux-reconcilers')] },
    finds: [
      `error ${release}:11 HelmRelease cert-manager acts as ServiceAccount flux-reconciler, which no role is bound to (on cluster production)`,
    ],
    hint: 'A role is bound to cert-manager/flux-reconcilers: was that one meant?',
  },
  {
    when: 'a binding is for the account of this name in another namespace',
    edits: { [namespaces]: [subjects('flux-reconciler'), subjects('flux-reconciler', 'envoy-gateway-system')] },
    finds: [
      `error ${release}:11 HelmRelease cert-manager acts as ServiceAccount flux-reconciler, which no role is bound to (on cluster production)`,
    ],
  },
  {
    when: 'the binding is for all accounts of the namespace',
    edits: {
      [namespaces]: [subjects('flux-reconciler'), subjects('system:serviceaccounts:cert-manager', '', 'Group')],
    },
    finds: [],
  },
  {
    when: 'the binding names the user that Kubernetes makes of the account',
    edits: {
      [namespaces]: [
        subjects('flux-reconciler'),
        subjects('system:serviceaccount:cert-manager:flux-reconciler', '', 'User'),
      ],
    },
    finds: [],
  },
  {
    when: 'the account itself is not there, of which another rule tells',
    edits: { [release]: ['serviceAccountName: flux-reconciler', 'serviceAccountName: flux'] },
    finds: [],
  },
]);

testRule(referenceRole, [
  {
    when: 'a role of Kubernetes is mistyped',
    edits: { [namespaces]: [roleRef('cluster-admin'), roleRef('cluster-admins')] },
    finds: [
      `error ${namespaces}:27 ClusterRoleBinding flux-reconciler-cert-manager binds to ClusterRole cluster-admins, which nothing in this repository makes (on cluster production)`,
    ],
    hint: 'Did you mean cluster-admin?',
  },
  {
    when: 'a chart may bring the role',
    edits: { [namespaces]: [roleRef('cluster-admin'), roleRef('monitoring-reader')] },
    finds: [
      `warning ${namespaces}:27 ClusterRoleBinding flux-reconciler-cert-manager binds to ClusterRole monitoring-reader, which nothing in this repository makes (on cluster production)`,
    ],
  },
  {
    when: 'the role is one that Kubernetes has',
    edits: { [namespaces]: [roleRef('cluster-admin'), roleRef('system:auth-delegator')] },
    finds: [],
  },
  {
    when: 'the role is made here',
    edits: { [namespaces]: [roleRef('cluster-admin'), roleRef('gateway-api-routes-edit')] },
    finds: [],
  },
]);

const shop = 'teams/shop/kustomization.yaml';
const brought = (...texts: string[]) => ({
  [shop]: 'resources:\n  - brought.yaml\n',
  'teams/shop/brought.yaml': texts.join(''),
});
const clusterRole = manifest('rbac.authorization.k8s.io/v1', 'ClusterRole', 'everything', { rules: [] });
const may = 'its account tenant-shop has rights in shop only, not to';

testRule(referenceBeyondRights, [
  {
    when: 'a team that works here writes a role of the whole cluster, and a CRD',
    tree: 'multi-tenant',
    edits: brought(clusterRole, manifest('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'a.b.c')),
    finds: [
      `error teams/shop/brought.yaml:3 Kustomization shop may not apply ClusterRole everything: ${may} objects of the whole cluster`,
      `error teams/shop/brought.yaml:9 Kustomization shop may not apply CustomResourceDefinition a.b.c: ${may} objects of the whole cluster`,
    ],
  },
  {
    when: 'a team writes the Namespace that it has rights in, which the platform makes: kustomize names it so',
    tree: 'multi-tenant',
    edits: brought(manifest('v1', 'Namespace', 'other')),
    finds: [],
  },
  {
    when: 'a team writes the Namespace that it has rights in, and nobody else makes it',
    tree: 'multi-tenant',
    edits: {
      ...brought(manifest('v1', 'Namespace', 'other')),
      'tenants/base/shop/kustomization.yaml': ['  - namespace.yaml\n', ''],
    },
    finds: [
      `warning teams/shop/brought.yaml:3 Kustomization shop may not make Namespace shop: ${may} objects of the whole cluster`,
    ],
  },
  {
    when: 'a team writes a Namespace of its own',
    tree: 'multi-tenant',
    edits: {
      ...brought(manifest('v1', 'Namespace', 'other')),
      'tenants/base/shop/sync.yaml': ['  targetNamespace: shop\n', ''],
    },
    finds: [
      `error teams/shop/brought.yaml:3 Kustomization shop may not apply Namespace other: ${may} objects of the whole cluster`,
    ],
  },
  {
    when: 'an operator that nobody knows here may bind the account',
    tree: 'multi-tenant',
    edits: {
      ...brought(clusterRole),
      ...Object.fromEntries(
        ['production', 'production-us', 'development'].map((cluster) => [
          `clusters/${cluster}/more.yaml`,
          manifest('rbacmanager.reactiveops.io/v1beta1', 'RBACDefinition', 'teams', { rbacBindings: [] }),
        ]),
      ),
    },
    finds: [
      `warning teams/shop/brought.yaml:3 Kustomization shop may not apply ClusterRole everything: ${may} objects of the whole cluster`,
    ],
  },
  {
    when: "the team's own namespace is not where an object goes",
    tree: 'multi-tenant',
    edits: {
      ...brought(manifest('v1', 'ConfigMap', 'search/other')),
      'tenants/base/shop/sync.yaml': ['  targetNamespace: shop\n', ''],
    },
    finds: [
      `error teams/shop/brought.yaml:6 Kustomization shop may not apply ConfigMap other: ${may} anything in namespace search`,
    ],
  },
  {
    when: 'a team writes what has a namespace, whatever it says',
    tree: 'multi-tenant',
    edits: brought(manifest('v1', 'ConfigMap', 'flux-system/mine')),
    finds: [],
  },
  {
    when: 'the platform gave the team a role of the whole cluster',
    tree: 'multi-tenant',
    edits: {
      ...brought(clusterRole),
      'clusters/production/more.yaml': manifest('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'shop', {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'everything' },
        subjects: [{ kind: 'ServiceAccount', name: 'tenant-shop', namespace: 'flux-system' }],
      }),
      'clusters/production-us/more.yaml': manifest('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'shop', {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'everything' },
        subjects: [{ kind: 'Group', name: 'system:serviceaccounts:flux-system' }],
      }),
      'clusters/development/more.yaml': manifest('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'shop', {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'everything' },
        subjects: [{ kind: 'User', name: 'system:serviceaccount:flux-system:tenant-shop' }],
      }),
    },
    finds: [],
  },
]);
