import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../../src/check/rules.ts';
import { checkFiles, configMap } from '../support/checked.ts';
import { leftAfterFixes } from './changed-tree.ts';
import { base, type Fixture, kustomize, object, withBase } from './fixtures/fixture-base.ts';
import { objectFixtures } from './fixtures/object-fixtures.ts';
import { goodSecret } from './fixtures/secret-fixtures.ts';
import { kustomization } from './manifests.ts';

const extra = (text: string): Fixture => ({ 'clusters/a/extra.yaml': text });
const release =
  '{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: x, namespace: flux-system}';
const helm = (more: string, spec: string) =>
  object(`${release}, spec: {interval: 1m, chartRef: {kind: OCIRepository, name: x}, ${spec}}}\n`, more);
const secret = goodSecret['apps/db.sops.yaml'] ?? '';

/** For each rule that offers a fix, files in which it does. */
const fixable: Readonly<Record<string, Fixture>> = {
  'health/ignored-checks': extra(
    kustomization('x', {
      wait: true,
      healthChecks: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'all', namespace: 'flux-system' }],
    }),
  ),
  'reference/depends-on': extra(kustomization('x', { path: './apps', dependsOn: [{ name: 'app' }] })),
  'reference/secret': helm(
    '{apiVersion: v1, kind: Secret, metadata: {name: kube-access, namespace: flux-system}}\n',
    'kubeConfig: {secretRef: {name: kube-acces}}',
  ),
  'reference/service-account': helm(
    '{apiVersion: v1, kind: ServiceAccount, metadata: {name: deployer, namespace: flux-system}}\n',
    'serviceAccountName: deployr',
  ),
  'reference/source': extra(
    `${kustomization('x', { sourceRef: { kind: 'GitRepository', name: 'websit' } })}---\n{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: website, namespace: flux-system}, spec: {interval: 1m, url: "https://a.b/c"}}\n`,
  ),
  'reference/substitute-from': extra(
    kustomization('x', { path: './apps', postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'varz' }] } }),
  ),
  'reference/values-from': helm(configMap('settings', 'a: b'), 'valuesFrom: [{kind: ConfigMap, name: setings}]'),
  'notifications/provider': object(
    '{apiVersion: notification.toolkit.fluxcd.io/v1beta3, kind: Provider, metadata: {name: alertmanager, namespace: flux-system}, spec: {type: alertmanager, address: "http://a.b.svc/"}}\n',
    '{apiVersion: notification.toolkit.fluxcd.io/v1beta3, kind: Alert, metadata: {name: x, namespace: flux-system}, spec: {providerRef: {name: alertmanger}, eventSources: [{kind: Kustomization, name: "*"}]}}\n',
  ),
  'secrets/substituted': {
    ...goodSecret,
    'apps/db.sops.yaml': secret.replace(/ {2}annotations:\n[^\n]*\n/, ''),
  },
  'versions/dead-field': objectFixtures['versions/dead-field'] ?? {},
  'versions/removed': objectFixtures['versions/removed'] ?? {},
  'versions/scp-url': objectFixtures['versions/scp-url'] ?? {},
  'workload/source': object(
    configMap('settings', 'a: b'),
    '{apiVersion: v1, kind: Pod, metadata: {name: x, namespace: flux-system}, spec: {containers: [{name: x, image: "x:1", envFrom: [{configMapRef: {name: setings}}]}]}}\n',
  ),
};

/** Where fixes of rules are tried that need more than files in memory, or that only differ in the fields they read. */
const elsewhere: Readonly<Record<string, string>> = {
  'secrets/not-listed': 'test/commands/check/secret-not-listed.test.ts',
  'images/marker': 'test/check/rules/images.test.ts',
  'images/reference': 'test/check/rules/images.test.ts',
  'notifications/event-source': 'test/check/rules/notifications.test.ts',
};

test('Every rule that can fix something is tried', () => {
  const folder = 'src/check/rules';
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const offering = texts.filter((text) => /danglingReferences\(|operations|\bfixOf\(|Fix\(/.test(text));
  const ids = offering.flatMap((text) => /id: '([^']+)'/.exec(text)?.[1] ?? []);

  expect(ids.length).toBeGreaterThan(10);
  expect(ids.filter((id) => !Object.hasOwn(fixable, id) && !Object.hasOwn(elsewhere, id))).toEqual([]);
});

describe('--fix puts right what is found by', () => {
  test.each(Object.entries(fixable))('%s', async (id, fixture) => {
    const wanted = rules.filter((rule) => rule.id === id);
    const files = withBase(fixture);
    const found = await checkFiles(files, wanted);

    expect(found.map(({ rule, fix }) => ({ rule, isFixable: fix !== undefined }))).toEqual([
      { rule: id, isFixable: true },
    ]);
    expect(await leftAfterFixes(files, wanted)).toEqual([]);
  });
});

describe('What only a person can put right is told with its place', () => {
  test.each<[string, Fixture, string]>([
    [
      'a missing apiVersion',
      object('{kind: ConfigMap, metadata: {name: x, namespace: flux-system}}\n'),
      'error schema/required apps/all.yaml:9 ConfigMap x: apiVersion is required',
    ],
    [
      'a missing namespace',
      object('{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}\n'),
      'error order/no-namespace apps/all.yaml:9 ConfigMap x has no namespace',
    ],
    [
      'a key that is twice in a kustomization, where kustomize takes the last',
      kustomize('resources: [none.yaml]\nresources: [all.yaml]\n'),
      'warning yaml/duplicate-key apps/kustomization.yaml:2 the key "resources" is there twice',
    ],
    [
      'a key that is twice in a file that no cluster reads',
      { 'notes/x.yaml': 'a: 1\na: 2\n' },
      'warning yaml/duplicate-key notes/x.yaml:2 the key "a" is there twice',
    ],
    [
      'a key that is twice in an object',
      { 'apps/all.yaml': `${base['apps/all.yaml']}  a: c\n` },
      'error yaml/duplicate-key apps/all.yaml:8 the key "a" is there twice',
    ],
  ])('%s', async (_, fixture, told) => {
    const [found] = await checkFiles(withBase(fixture));

    expect(`${found?.severity} ${found?.rule} ${found?.file}:${found?.line} ${found?.message}`).toBe(told);
    expect(found?.fix).toBeUndefined();
  });
});
