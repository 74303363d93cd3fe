import { healthIgnoredChecks } from '../../../src/check/rules/health-ignored-checks.ts';
import { healthNoWait } from '../../../src/check/rules/health-no-wait.ts';
import { healthPrunedCrds } from '../../../src/check/rules/health-pruned-crds.ts';
import { healthTimeout } from '../../../src/check/rules/health-timeout.ts';
import { healthUnknownCheck } from '../../../src/check/rules/health-unknown-check.ts';
import { kustomization, manifest } from '../manifests.ts';
import { testRule } from '../rule-cases.ts';

const extra = 'clusters/production/extra.yaml';
const infrastructure = 'clusters/production/infrastructure.yaml';
const certManager = 'infrastructure/overlays/production/cert-manager.yaml';
const web = 'apps/overlays/production/web.yaml';

testRule(healthNoWait, [
  {
    when: 'one that others depend on no longer waits',
    edits: { [certManager]: ['  wait: true\n', ''] },
    finds: [
      `warning ${certManager}:6 Kustomization cert-manager-config depends on cert-manager, which does not wait for what it applies (on cluster production)`,
    ],
  },
  { when: 'nothing depends on one that does not wait', edits: { [web]: ['  wait: true\n', ''] }, finds: [] },
]);

testRule(healthIgnoredChecks, [
  {
    when: 'wait is added to health checks',
    edits: { [infrastructure]: ['  prune: true\n', '  prune: true\n  wait: true\n'] },
    finds: [
      `warning ${infrastructure}:19 Kustomization infrastructure has wait: true, so that its healthChecks count for nothing`,
    ],
  },
  {
    when: 'wait is off',
    edits: { [infrastructure]: ['  prune: true\n', '  prune: true\n  wait: false\n'] },
    finds: [],
  },
]);

testRule(healthTimeout, [
  {
    when: 'one waits longer than its interval',
    edits: { [extra]: kustomization('slow', { interval: '5m', timeout: '1h' }) },
    finds: [`warning ${extra}:14 Kustomization slow may wait 1h, longer than its interval of 5m`],
  },
  {
    when: 'when to try again is said apart',
    edits: { [extra]: kustomization('slow', { interval: '5m', timeout: '1h', retryInterval: '1m' }) },
    finds: [],
  },
]);

testRule(healthPrunedCrds, [
  {
    when: 'a CRD is applied by a Kustomization that prunes',
    edits: { [extra]: kustomization('crds', { path: './apps/crds' }), 'apps/crds/crd.yaml': crd() },
    finds: [`warning ${extra}:9 Kustomization crds prunes, and applies CustomResourceDefinition widgets.example.com`],
  },
  {
    when: 'it does not prune',
    edits: { [extra]: kustomization('crds', { path: './apps/crds', prune: false }), 'apps/crds/crd.yaml': crd() },
    finds: [],
  },
]);

testRule(healthUnknownCheck, [
  {
    when: 'the name of a check is mistyped',
    edits: { [infrastructure]: ['name: envoy-gateway-crds', 'name: envoy-gateway-crd'] },
    finds: [
      `error ${infrastructure}:35 Kustomization infrastructure checks the health of Kustomization flux-system/envoy-gateway-crd, which nothing makes`,
    ],
    hint: 'Did you mean envoy-gateway-crds?',
  },
  {
    when: 'a Deployment is checked that nothing makes',
    edits: { [extra]: kustomization('checked', { healthChecks: [deployment('web', 'api')] }) },
    finds: [`error ${extra}:15 Kustomization checked checks the health of Deployment web/api, which nothing makes`],
  },
  {
    when: 'a Deployment is checked that a chart makes',
    edits: {
      [extra]: kustomization('checked', { healthChecks: [deployment('cert-manager', 'cert-manager-webhook')] }),
    },
    finds: [],
  },
]);

function crd(): string {
  return manifest('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com', {
    spec: { group: 'example.com', names: { kind: 'Widget', plural: 'widgets' }, scope: 'Namespaced', versions: [] },
  });
}

function deployment(namespace: string, name: string): object {
  return { apiVersion: 'apps/v1', kind: 'Deployment', name, namespace };
}
