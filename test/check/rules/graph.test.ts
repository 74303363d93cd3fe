import { graphCycle } from '../../../src/check/rules/graph-cycle.ts';
import { graphOrphan } from '../../../src/check/rules/graph-orphan.ts';
import { graphTwoOwners } from '../../../src/check/rules/graph-two-owners.ts';
import { kustomization, manifest, secret } from '../manifests.ts';
import { testRule } from '../rule-cases.ts';

const extra = 'clusters/production/extra.yaml';
const vars = 'clusters/production/cluster-vars.yaml';
const infrastructure = 'infrastructure/overlays/production';

testRule(graphCycle, [
  {
    when: 'three wait for each other',
    edits: {
      [extra]:
        kustomization('c', { dependsOn: [{ name: 'a' }] }) +
        kustomization('a', { dependsOn: [{ name: 'b' }] }) +
        kustomization('b', { dependsOn: [{ name: 'c' }] }),
    },
    finds: [`error ${extra}:30 Kustomizations wait for each other: a -> b -> c -> a`],
  },
  {
    when: 'a child depends on the parent that checks its health',
    edits: { [`${infrastructure}/cert-manager.yaml`]: ['- name: gateway-api', '- name: infrastructure'] },
    finds: [
      `error ${infrastructure}/cert-manager.yaml:8 Kustomizations wait for each other: cert-manager -> infrastructure -> cert-manager (on cluster production)`,
    ],
  },
  {
    when: 'a parent depends on its own child',
    edits: { 'clusters/production/apps.yaml': ['- name: infrastructure', '- name: web'] },
    finds: ['error clusters/production/apps.yaml:8 Kustomizations wait for each other: apps -> web -> apps'],
  },
  {
    when: 'one waits for itself',
    edits: { [extra]: kustomization('a', { dependsOn: [{ name: 'a' }] }) },
    finds: [`error ${extra}:15 Kustomizations wait for each other: a -> a`],
  },
  {
    when: 'what is checked for health waits for the one that checks, and is applied by another',
    edits: {
      [extra]: kustomization('late', { dependsOn: [{ name: 'apps' }] }),
      'clusters/production/infrastructure.yaml': ['      name: envoy-gateway\n', '      name: late\n'],
    },
    finds: [
      'error clusters/production/apps.yaml:8 Kustomizations wait for each other: apps -> infrastructure -> late -> apps',
    ],
  },
  {
    when: 'one checks its own health',
    edits: {
      'clusters/production/infrastructure.yaml': ['      name: envoy-gateway\n', '      name: infrastructure\n'],
    },
    finds: [
      'error clusters/production/infrastructure.yaml:6 Kustomizations wait for each other: infrastructure -> infrastructure',
    ],
  },
  {
    when: 'two HelmReleases wait for each other',
    edits: { [extra]: release('one', 'two') + release('two', 'one') },
    finds: [`error ${extra}:10 HelmReleases wait for each other: one -> two -> one`],
  },
  {
    when: 'a child depends on a parent that does not wait for it',
    edits: { 'apps/overlays/production/web.yaml': ['- name: envoy-gateway-config', '- name: apps'] },
    finds: [],
  },
]);

testRule(graphTwoOwners, [
  {
    when: 'a Namespace is made by two Kustomizations',
    edits: { [extra]: manifest('v1', 'Namespace', 'web') },
    finds: [
      'error apps/overlays/production/namespaces.yaml:6 Namespace web is applied by Kustomizations flux-system and apps, also from clusters/production/extra.yaml:5 (on cluster production)',
    ],
  },
  {
    when: 'two Kustomizations reconcile one folder',
    edits: { [extra]: kustomization('copy', { path: './apps/overlays/production/web' }) },
    finds: [
      'error apps/overlays/production/web.yaml:12 Deployment web, HTTPRoute web and Service web are applied by Kustomizations copy and web (on cluster production)',
    ],
  },
  {
    when: 'one of two only adds to the object',
    edits: {
      [extra]: manifest('v1', 'Namespace', 'web').replace(
        '  name: web',
        '  name: web\n  annotations:\n    kustomize.toolkit.fluxcd.io/ssa: Merge',
      ),
    },
    finds: [],
  },
]);

testRule(graphOrphan, [
  {
    when: 'a manifest is listed nowhere',
    edits: { 'apps/base/web/config.yaml': manifest('v1', 'ConfigMap', 'web/web') },
    finds: ['warning apps/base/web/config.yaml:1 apps/base/web/config.yaml is reached by no cluster'],
  },
  {
    when: 'an app is taken out of an overlay, and its folder stays',
    edits: { 'apps/overlays/production/kustomization.yaml': ['  - web.yaml\n', ''] },
    finds: [
      'warning apps/overlays/production/web.yaml:1 apps/overlays/production/web.yaml is reached by no cluster',
      'warning apps/overlays/production/web/kustomization.yaml:1 apps/overlays/production/web/kustomization.yaml is reached by no cluster',
    ],
  },
  {
    when: 'a folder of a cluster that is gone stays',
    edits: { 'clusters/old/apps.yaml': kustomization('apps'), 'clusters/old/vars.yaml': secret('x', 'flux-system') },
    finds: ['warning clusters/old/apps.yaml:1 clusters/old is reached by no cluster, nor is any of its 2 manifests'],
  },
  {
    when: 'a file that is not there is listed, so that nobody knows',
    edits: { 'apps/base/web/kustomization.yaml': ['- service.yaml', '- services.yaml'] },
    finds: [],
  },
  {
    when: 'files are added that are no manifests',
    edits: {
      'apps/base/web/values.yaml': 'replicas: 2\n',
      'docs/example.yaml': secret('x', 'y'),
      [vars]: ['production', 'p'],
    },
    finds: [],
  },
]);

function release(name: string, dependency: string): string {
  return manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease', `flux-system/${name}`, {
    spec: { interval: '1h', dependsOn: [{ name: dependency }], chartRef: { kind: 'OCIRepository', name: 'x' } },
  });
}
