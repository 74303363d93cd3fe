import { orderCrd } from '../../../src/check/rules/order-crd.ts';
import { orderNamespace } from '../../../src/check/rules/order-namespace.ts';
import { orderNoNamespace } from '../../../src/check/rules/order-no-namespace.ts';
import { kustomization, manifest } from '../manifests.ts';
import { testRule } from '../rule-cases.ts';

const extra = 'clusters/production/extra.yaml';
const web = 'apps/overlays/production/web.yaml';
const namespaces = 'apps/overlays/production/namespaces.yaml';
const deployment = 'apps/base/web/deployment.yaml';
const certificate = manifest('cert-manager.io/v1', 'Certificate', 'web/tls', {
  spec: { secretName: 'tls', issuerRef: { name: 'platform-ca', kind: 'ClusterIssuer' }, dnsNames: ['a.example'] },
});

testRule(orderNamespace, [
  {
    when: 'a namespace is renamed where it is made',
    edits: { [namespaces]: ['name: web', 'name: website'] },
    finds: [
      `error ${deployment}:5 Deployment web and 2 more of Kustomization web must be in namespace web, which nothing makes (on cluster production)`,
    ],
  },
  {
    when: 'a namespace is mistyped where it is used',
    edits: { 'apps/base/web/service.yaml': ['namespace: web', 'namespace: wbe'] },
    finds: ['error apps/base/web/service.yaml:5 Service web must be in namespace wbe, which nothing makes'],
    hint: 'Did you mean web?',
  },
  {
    when: 'a child makes the namespace that its parent needs',
    edits: {
      [extra]: manifest('v1', 'ConfigMap', 'later/settings') + kustomization('child', { path: './apps/child' }),
      'apps/child/namespace.yaml': manifest('v1', 'Namespace', 'later'),
    },
    finds: [
      `error ${extra}:6 Kustomization flux-system needs namespace later, which Kustomization child makes only after it`,
    ],
  },
  {
    when: 'a namespace comes in no order with what is in it',
    edits: {
      [extra]: kustomization('one', { path: './apps/one' }) + kustomization('two', { path: './apps/two' }),
      'apps/one/namespace.yaml': manifest('v1', 'Namespace', 'later'),
      'apps/two/settings.yaml': manifest('v1', 'ConfigMap', 'later/settings'),
    },
    finds: [
      'warning apps/two/settings.yaml:6 Kustomization two needs namespace later, which Kustomization one makes in no order with it (on cluster production)',
    ],
    hint: 'Let Kustomization two depend on one.',
  },
  {
    when: 'a release makes its namespace, and a parent depends on what makes another',
    edits: {
      [extra]:
        kustomization('one', { path: './apps/one' }) +
        kustomization('two', { path: './apps/two', dependsOn: [{ name: 'one' }] }),
      'apps/one/namespace.yaml':
        manifest('v1', 'Namespace', 'later') +
        manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'flux-system/redis', {
          spec: { interval: '1h', targetNamespace: 'cache', install: { createNamespace: true } },
        }),
      'apps/two/child.yaml': kustomization('below', { path: './apps/below' }),
      'apps/below/settings.yaml':
        manifest('v1', 'ConfigMap', 'later/settings') + manifest('v1', 'ConfigMap', 'cache/settings'),
    },
    finds: [],
  },
  {
    when: 'a Kustomization of another repository may make the namespace',
    edits: {
      [extra]:
        kustomization('other', { path: './base', sourceRef: { kind: 'GitRepository', name: 'other' } }) +
        manifest('source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system/other', {
          spec: { interval: '1h', url: 'https://git.example/other' },
        }) +
        kustomization('two', { path: './apps/two', dependsOn: [{ name: 'other' }] }),
      'apps/two/settings.yaml': manifest('v1', 'ConfigMap', 'later/settings'),
    },
    finds: [
      'warning apps/two/settings.yaml:6 ConfigMap settings must be in namespace later, which nothing makes (on cluster production)',
    ],
  },
]);

testRule(orderNoNamespace, [
  {
    when: 'a namespace is left out',
    edits: { 'apps/base/web/service.yaml': ['  namespace: web\n', ''] },
    finds: ['error apps/base/web/service.yaml:4 Service web has no namespace'],
  },
  {
    when: 'the kustomization gives the namespace',
    edits: {
      'apps/base/web/service.yaml': ['  namespace: web\n', ''],
      'apps/base/web/kustomization.yaml': ['resources:', 'namespace: web\nresources:'],
    },
    finds: [],
  },
]);

testRule(orderCrd, [
  {
    when: 'an object comes with the chart that brings its CRD',
    edits: {
      'infrastructure/base/cert-manager/release/issuer.yaml': manifest('cert-manager.io/v1', 'ClusterIssuer', 'own'),
      'infrastructure/base/cert-manager/release/kustomization.yaml': ['resources:\n', 'resources:\n  - issuer.yaml\n'],
    },
    finds: [
      'error infrastructure/base/cert-manager/release/issuer.yaml:3 ClusterIssuer (cert-manager.io) own needs a CRD that component cert-manager brings in the same Kustomization cert-manager: neither is ever applied',
    ],
  },
  {
    when: 'an app no longer waits for the CRDs that it needs',
    edits: {
      [web]: ['  dependsOn:\n    - name: envoy-gateway-config\n', ''],
      'clusters/production/apps.yaml': ['  dependsOn:\n    - name: infrastructure\n', ''],
    },
    finds: [
      'warning apps/base/web/httproute.yaml:2 HTTPRoute (gateway.networking.k8s.io) web needs a CRD that component gateway-api brings in Kustomization gateway-api-crds, for which web does not wait (on cluster production)',
    ],
  },
  {
    when: 'nothing brings the CRDs any more',
    edits: {
      'infrastructure/overlays/production/kustomization.yaml': ['  - cert-manager.yaml\n', ''],
      [extra]: certificate,
    },
    finds: [`error ${extra}:3 Certificate tls needs the CRDs of cert-manager.io, which nothing on this cluster brings`],
  },
  {
    when: 'a CRD in the repository comes together with its objects',
    edits: {
      [extra]:
        manifest('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com', {
          spec: { group: 'example.com', names: { kind: 'Widget' } },
        }) + manifest('example.com/v1', 'Widget', 'flux-system/one'),
    },
    finds: [],
  },
  {
    when: 'the parent of an app waits for the infrastructure, which waits for its component',
    edits: { 'apps/base/web/httproute.yaml': certificate },
    finds: [],
  },
]);
