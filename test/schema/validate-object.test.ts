import { beforeAll, describe, expect, it } from 'vitest';
import { loadAllSchemas } from '../../src/schema/load-schemas.ts';
import type { SchemaLookup } from '../../src/schema/schema.ts';
import { kindsOf } from '../../src/schema/scope-of.ts';
import { validateObject } from '../../src/schema/validate-object.ts';
import { changed, sampleOf, titleOf, validSamples } from './samples.ts';

let lookup: SchemaLookup;
beforeAll(async () => {
  lookup = await loadAllSchemas();
});

describe('a valid manifest', () => {
  it.each(validSamples().map((sample) => [titleOf(sample), sample] as const))('%s passes', (_, sample) => {
    expect(validateObject(sample, lookup)).toEqual([]);
  });

  it('stays as it was', () => {
    const sample = sampleOf('Bucket/files');
    validateObject(sample, lookup);
    expect(sample).toEqual(sampleOf('Bucket/files'));
  });

  it.each([
    'source.toolkit.fluxcd.io/v1',
    'source.extensions.fluxcd.io/v1beta1',
    'kustomize.toolkit.fluxcd.io/v1',
    'helm.toolkit.fluxcd.io/v2',
    'notification.toolkit.fluxcd.io/v1beta3',
    'notification.toolkit.fluxcd.io/v1',
    'image.toolkit.fluxcd.io/v1',
    'gateway.networking.k8s.io/v1',
    'cert-manager.io/v1',
  ])('is among the samples for each kind of %s', (apiVersion) => {
    const kinds = new Set(validSamples().map((sample) => sample.kind));
    // ReferenceGrant is written as v1beta1, which every release of Gateway API serves.
    expect(kindsOf(apiVersion).filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(kindsOf(apiVersion)).not.toEqual([]);
  });
});

describe('a kind', () => {
  const of = (apiVersion: string, kind: string) =>
    validateObject({ apiVersion, kind, metadata: { name: 'x' } }, lookup)[0];

  it.each([
    ['source.toolkit.fluxcd.io/v1beta2', 'GitRepository', 'Flux 2.8', 'source.toolkit.fluxcd.io/v1'],
    ['source.toolkit.fluxcd.io/v1beta1', 'Bucket', 'Flux 2.7', 'source.toolkit.fluxcd.io/v1'],
    ['kustomize.toolkit.fluxcd.io/v1beta2', 'Kustomization', 'Flux 2.8', 'kustomize.toolkit.fluxcd.io/v1'],
    ['helm.toolkit.fluxcd.io/v2beta1', 'HelmRelease', 'Flux 2.7', 'helm.toolkit.fluxcd.io/v2'],
    ['notification.toolkit.fluxcd.io/v1beta2', 'Alert', 'Flux 2.9', 'notification.toolkit.fluxcd.io/v1beta3'],
    ['notification.toolkit.fluxcd.io/v1beta2', 'Receiver', 'Flux 2.9', 'notification.toolkit.fluxcd.io/v1'],
    ['image.toolkit.fluxcd.io/v1beta2', 'ImagePolicy', 'Flux 2.9', 'image.toolkit.fluxcd.io/v1'],
    ['policy/v1beta1', 'PodDisruptionBudget', 'Kubernetes 1.25', 'policy/v1'],
    ['extensions/v1beta1', 'Ingress', 'Kubernetes 1.22', 'networking.k8s.io/v1'],
  ])('on removed version %s %s names the served one', (apiVersion, kind, release, served) => {
    const finding = of(apiVersion, kind);
    expect(finding).toMatchObject({
      rule: 'schema/removed-version',
      path: ['apiVersion'],
      hint: `Use apiVersion: ${served}`,
    });
    expect(finding?.message).toContain(release);
  });

  it.each([
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelese', 'schema/unknown-kind', 'Did you mean HelmRelease?'],
    [
      'kustomize.toolkit.fluxcd.io/v2',
      'Kustomization',
      'schema/unknown-kind',
      'Use apiVersion: kustomize.toolkit.fluxcd.io/v1',
    ],
    ['apps/v1', 'Deplyment', 'schema/unknown-kind', 'Did you mean Deployment?'],
    ['v1', 'Deployment', 'schema/unknown-kind', 'Use apiVersion: apps/v1'],
    [
      'source.toolkit.fluxcd.io/v1beta1',
      'ArtifactGenerator',
      'schema/removed-version',
      'Use apiVersion: source.extensions.fluxcd.io/v1beta1',
    ],
    [
      'notification.toolkit.fluxcd.io/v1',
      'Alert',
      'schema/unknown-kind',
      'Use apiVersion: notification.toolkit.fluxcd.io/v1beta3',
    ],
    [
      'kustomize.config.k8s.io/v1',
      'Kustomization',
      'schema/unknown-kind',
      'It has Kustomization (v1beta1) and Component (v1alpha1).',
    ],
    [
      'kustomize.toolkit.fluxcd.oi/v1',
      'Kustomization',
      'schema/no-schema',
      'Did you mean apiVersion: kustomize.toolkit.fluxcd.io/v1?',
    ],
    ['gateway.networking.k8s.io/v1alpha2', 'TCPRoute', 'schema/no-schema', undefined],
    ['monitoring.coreos.com/v1', 'ServiceMonitor', 'schema/no-schema', undefined],
  ])('%s %s is %s', (apiVersion, kind, rule, hint) => {
    const finding = of(apiVersion, kind);
    expect([finding?.rule, finding?.hint]).toEqual([rule, hint]);
  });
});

describe('what stands in for a value', () => {
  it('is taken as it is where Flux fills in variables', () => {
    const variable = changed('Kustomization/apps', 'spec.interval', '${interval:=10m}');
    expect(validateObject(variable, lookup, { variables: true })).toEqual([]);
    expect(validateObject(variable, lookup)).toMatchObject([{ rule: 'schema/duration' }]);
  });

  it('fails no rule that depends on the value', () => {
    const variable = changed('Gateway/public', 'spec.addresses.0', { type: '${type}', value: 'x' });
    expect(validateObject(variable, lookup, { variables: true })).toEqual([]);
  });

  it('is encrypted only in an object that SOPS encrypted', () => {
    const plain = sampleOf('Secret/sealed');
    delete plain.sops;
    expect(validateObject(plain, lookup)).toMatchObject([{ rule: 'schema/pattern', path: ['data', 'blob'] }]);
  });
});

describe('a value of a Secret', () => {
  it.each([
    ['data.token', 'hunter2!'],
    ['stringData.token', 4711_0815],
    ['type', ['hunter2!']],
    ['immutable', 'hunter2!'],
    ['data', 'hunter2!'],
    ['stringData', ['hunter2!']],
    ['hunter', 'hunter2!'],
  ])('at %s appears in no finding', (path, value) => {
    const findings = validateObject(changed('Secret/token', path, value), lookup);
    expect(findings).toHaveLength(1);
    expect(JSON.stringify(findings)).not.toMatch(/hunter2|47110815/);
  });
});
