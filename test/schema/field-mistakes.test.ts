import { beforeAll, describe, expect, it } from 'vitest';
import { loadAllSchemas } from '../../src/schema/load-schemas.ts';
import type { SchemaLookup } from '../../src/schema/schema.ts';
import { validateObject } from '../../src/schema/validate-object.ts';
import { changed, sampleOf } from './samples.ts';

let lookup: SchemaLookup;
beforeAll(async () => {
  lookup = await loadAllSchemas();
});

/** Sample, what is set to what, and what is said of it: rule, path, a part of the message or hint. */
const mistakes: [string, string, unknown, string, string, string][] = [
  ['Kustomization/apps', 'spec.validation', 'client', 'schema/unknown-field', 'spec.validation', 'server-side dry run'],
  [
    'Kustomization/apps',
    'spec.patchesStrategicMerge',
    [],
    'schema/unknown-field',
    'spec.patchesStrategicMerge',
    'spec.patches',
  ],
  ['Kustomization/apps', 'spec.patchesJson6902', [], 'schema/unknown-field', 'spec.patchesJson6902', 'spec.patches'],
  [
    'HelmRelease/cert-manager',
    'spec.chart.spec.valuesFile',
    'x',
    'schema/unknown-field',
    'spec.chart.spec.valuesFile',
    'valuesFiles',
  ],
  [
    'HelmRelease/cert-manager',
    'spec.postRenderers.0.kustomize.patchesJson6902',
    [],
    'schema/unknown-field',
    'spec.postRenderers.0.kustomize.patchesJson6902',
    'kustomize.patches',
  ],
  [
    'GitRepository/flux-system',
    'spec.gitImplementation',
    'go-git',
    'schema/unknown-field',
    'spec.gitImplementation',
    'one Git implementation',
  ],
  ['GitRepository/flux-system', 'spec.accessFrom', {}, 'schema/unknown-field', 'spec.accessFrom', 'Remove it'],
  ['HelmChart/podinfo', 'spec.valuesFile', 'x', 'schema/unknown-field', 'spec.valuesFile', 'valuesFiles'],
  ['Bucket/files', 'spec.accessFrom', {}, 'schema/unknown-field', 'spec.accessFrom', 'Remove it'],
  ['Kustomization/apps', 'spec.intervall', '1h', 'schema/unknown-field', 'spec.intervall', 'Did you mean interval?'],
  ['Kustomization/apps', 'spec.dependOn', [], 'schema/unknown-field', 'spec.dependOn', 'Did you mean dependsOn?'],
  ['Kustomization/apps', 'spce', {}, 'schema/unknown-field', 'spce', 'Did you mean spec?'],
  ['Kustomization/apps', 'metadata.lables', {}, 'schema/unknown-field', 'metadata.lables', 'Did you mean labels?'],
  ['Kustomization/', 'resource', [], 'schema/unknown-field', 'resource', 'Did you mean resources?'],
  [
    'Deployment/web',
    'spec.template.spec.containers.0.imagePullpolicy',
    'x',
    'schema/unknown-field',
    'spec.template.spec.containers.0.imagePullpolicy',
    'imagePullPolicy',
  ],
  [
    'Deployment/web',
    'spec.template.spec.containers.0.resources.limit',
    {},
    'schema/unknown-field',
    'spec.template.spec.containers.0.resources.limit',
    'limits',
  ],
  ['ConfigMap/cluster-vars', 'spec', {}, 'schema/unknown-field', 'spec', 'not a field of ConfigMap'],
  ['Kustomization/apps', 'spec.interval', undefined, 'schema/required', 'spec', 'spec.interval is required'],
  ['Kustomization/apps', 'spec.prune', undefined, 'schema/required', 'spec', 'spec.prune is required'],
  ['Kustomization/apps', 'spec.prune', null, 'schema/required', 'spec', 'spec.prune is required'],
  ['Kustomization/apps', 'metadata.name', undefined, 'schema/required', 'metadata', 'metadata.name is required'],
  ['Kustomization/apps', 'metadata', undefined, 'schema/required', '', 'metadata.name is required'],
  ['ImageRepository/podinfo', 'spec.image', undefined, 'schema/required', 'spec', 'spec.image is required'],
  ['Deployment/web', 'spec.selector', undefined, 'schema/required', 'spec', 'spec.selector is required'],
  ['Kustomization/apps', 'spec.interval', 10, 'schema/type', 'spec.interval', 'with its unit'],
  ['Kustomization/apps', 'spec.prune', 'true', 'schema/type', 'spec.prune', 'Remove the quotes'],
  ['Kustomization/apps', 'spec.prune', 'yes', 'schema/type', 'spec.prune', 'Write true or false'],
  [
    'Kustomization/apps',
    'spec.dependsOn',
    'infrastructure',
    'schema/type',
    'spec.dependsOn',
    'must be a list, not text',
  ],
  [
    'Kustomization/apps',
    'spec.postBuild.substitute.region',
    5,
    'schema/type',
    'spec.postBuild.substitute.region',
    'in quotes',
  ],
  ['Kustomization/apps', 'spec.dependsOn.0', null, 'schema/type', 'spec.dependsOn.0', 'must be a mapping, not empty'],
  ['ConfigMap/cluster-vars', 'data.replicas', 3, 'schema/type', 'data.replicas', 'in quotes'],
  ['Deployment/web', 'spec.replicas', 1.5, 'schema/type', 'spec.replicas', 'whole number'],
  [
    'Deployment/web',
    'spec.strategy.rollingUpdate.maxSurge',
    true,
    'schema/type',
    'spec.strategy.rollingUpdate.maxSurge',
    'whole number or a string',
  ],
  ['Service/web', 'spec.ports.0.targetPort', [], 'schema/type', 'spec.ports.0.targetPort', 'whole number or a string'],
  ['ResourceQuota/quota', 'spec.hard.pods', true, 'schema/type', 'spec.hard.pods', 'a quantity'],
  [
    'LimitRange/limits',
    'spec.limits.0.default.memory',
    '256MB',
    'schema/pattern',
    'spec.limits.0.default.memory',
    'a quantity',
  ],
  [
    'HelmRelease/cert-manager',
    'spec.install.crds',
    'Createreplace',
    'schema/enum',
    'spec.install.crds',
    'Did you mean CreateReplace?',
  ],
  [
    'Kustomization/apps',
    'spec.sourceRef.kind',
    'HelmRepository',
    'schema/enum',
    'spec.sourceRef.kind',
    'GitRepository',
  ],
  ['Alert/slack', 'spec.eventSeverity', 'warning', 'schema/enum', 'spec.eventSeverity', 'must be one of info, error'],
  [
    'Deployment/web',
    'spec.template.spec.restartPolicy',
    'always',
    'schema/enum',
    'spec.template.spec.restartPolicy',
    'Did you mean Always?',
  ],
  [
    'NetworkPolicy/default-deny',
    'spec.policyTypes.0',
    'Inbound',
    'schema/enum',
    'spec.policyTypes.0',
    'Egress, Ingress',
  ],
  ['RoleBinding/web', 'roleRef.kind', 'role', 'schema/enum', 'roleRef.kind', 'Did you mean Role?'],
  [
    'Kustomization/',
    'configMapGenerator.0.behavior',
    'append',
    'schema/enum',
    'configMapGenerator.0.behavior',
    'create, replace, merge',
  ],
  ['Kustomization/apps', 'spec.interval', '10', 'schema/duration', 'spec.interval', 'such as 30s, 10m'],
  ['Kustomization/apps', 'spec.timeout', '1d', 'schema/duration', 'spec.timeout', 'h, m or s'],
  ['GitRepository/flux-system', 'spec.timeout', '1h', 'schema/duration', 'spec.timeout', 'duration'],
  [
    'HTTPRoute/web',
    'spec.rules.0.timeouts.request',
    '10',
    'schema/duration',
    'spec.rules.0.timeouts.request',
    'duration',
  ],
  [
    'GitRepository/flux-system',
    'spec.url',
    'git@github.com:acme/fleet',
    'schema/pattern',
    'spec.url',
    'ssh://git@HOST/OWNER/REPOSITORY',
  ],
  ['OCIRepository/podinfo', 'spec.url', 'ghcr.io/x', 'schema/pattern', 'spec.url', 'oci://'],
  ['Namespace/web', 'metadata.name', 'my.web', 'schema/pattern', 'metadata.name', 'lower case letters, digits and -'],
  ['Deployment/web', 'metadata.name', 'Web', 'schema/pattern', 'metadata.name', 'lower case'],
  ['Deployment/web', 'metadata.labels', { a: 'b c' }, 'schema/pattern', 'metadata.labels.a', 'letters, digits'],
  ['Deployment/web', 'metadata.labels', { 'a/b/c': 'x' }, 'schema/pattern', 'metadata.labels.a/b/c', 'must match'],
  ['Service/web', 'metadata.name', '1web', 'schema/pattern', 'metadata.name', 'begin with a lower case letter'],
  [
    'ArtifactGenerator/apps',
    'spec.artifacts.0.copy.0.to',
    '@artifact/../x',
    'schema/pattern',
    'spec.artifacts.0.copy.0.to',
    'must match',
  ],
  ['Secret/token', 'data.binary', 'plain text', 'schema/pattern', 'data.binary', 'base64'],
  ['ConfigMap/cluster-vars', 'binaryData.key', 'x', 'schema/pattern', 'binaryData.key', 'base64'],
  ['GitRepository/flux-system', 'spec.secretRef.name', undefined, 'schema/required', 'spec.secretRef', 'is required'],
  ['HelmChart/podinfo', 'spec.sourceRef.name', 5, 'schema/type', 'spec.sourceRef.name', 'quotes'],
  [
    'Gateway/public',
    'spec.listeners.0.port',
    70000,
    'schema/range',
    'spec.listeners.0.port',
    'not be greater than 65535',
  ],
  ['Gateway/public', 'spec.listeners', [], 'schema/range', 'spec.listeners', 'at least 1'],
  ['PriorityClass/high', 'value', 2 ** 31, 'schema/range', 'value', 'not be greater than 2147483647'],
  ['CronJob/nightly', 'metadata.name', 'n'.repeat(53), 'schema/range', 'metadata.name', 'longer than 52'],
  ['Gateway/public', 'spec.addresses.0.value', 'not-an-ip', 'schema/type', 'spec.addresses.0', 'none of the forms'],
  [
    'Deployment/web',
    'spec.template.spec.containers.0.env.1',
    { name: 'A' },
    'schema/duplicate',
    'spec.template.spec.containers.0.env.1',
    'repeats the name',
  ],
  ['Gateway/public', 'spec.listeners.1.name', 'http', 'schema/duplicate', 'spec.listeners.1', 'repeats the name'],
];

describe('a mistake', () => {
  it.each(mistakes)('in %s, %s set to %j, is found', (title, path, value, rule, at, text) => {
    const findings = validateObject(changed(title, path, value), lookup);
    expect(findings.map((finding) => [finding.rule, finding.path.join('.')])).toEqual([[rule, at]]);
    expect(`${findings[0]?.message} ${findings[0]?.hint ?? ''}`).toContain(text);
  });

  it('is listed with all others of the object', () => {
    const sample = changed('Kustomization/apps', 'spec.interval', 'soon');
    const findings = validateObject({ ...sample, metadata: { name: 'A' }, extra: 1 }, lookup);
    expect(findings.map(({ rule }) => rule).sort()).toEqual([
      'schema/duration',
      'schema/pattern',
      'schema/unknown-field',
    ]);
  });

  it('in what is no mapping is said plainly', () => {
    expect(validateObject(['a'], lookup)).toMatchObject([{ rule: 'schema/type', path: [] }]);
    expect(validateObject({ kind: 'Secret' }, lookup)).toMatchObject([{ message: 'apiVersion is required' }]);
    expect(validateObject({ apiVersion: 'v1' }, lookup)).toMatchObject([{ message: 'kind is required' }]);
  });

  it('in an item of a List is found at the item', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [sampleOf('Secret/token'), changed('Secret/token', 'typ', 'x')],
    };
    expect(validateObject(list, lookup)).toMatchObject([{ rule: 'schema/unknown-field', path: ['items', 1, 'typ'] }]);
  });
});
