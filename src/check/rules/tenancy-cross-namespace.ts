import { itemsAt, textAt } from '../../yaml/value-at.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import type { ClusterObject } from '../checked-repository.ts';
import { lockdownOf } from '../lockdown.ts';
import type { Finding, Rule } from '../rule.ts';
import { tenantsOf } from '../tenants.ts';

/** Kind -> who checks its references, and where they are; `*` stands for every item of a list. */
const references: Readonly<Record<string, readonly [group: string, controller: string, ...paths: string[][]]>> = {
  Kustomization: ['kustomize.toolkit.fluxcd.io', 'kustomize-controller', ['spec', 'sourceRef']],
  HelmRelease: [
    'helm.toolkit.fluxcd.io',
    'helm-controller',
    ['spec', 'chartRef'],
    ['spec', 'chart', 'spec', 'sourceRef'],
  ],
  Alert: ['notification.toolkit.fluxcd.io', 'notification-controller', ['spec', 'eventSources', '*']],
  Receiver: ['notification.toolkit.fluxcd.io', 'notification-controller', ['spec', 'resources', '*']],
  ImagePolicy: ['image.toolkit.fluxcd.io', 'image-reflector-controller', ['spec', 'imageRepositoryRef']],
  ImageUpdateAutomation: ['image.toolkit.fluxcd.io', 'image-automation-controller', ['spec', 'sourceRef']],
  ArtifactGenerator: ['source.extensions.fluxcd.io', 'source-watcher', ['spec', 'sources', '*']],
};

export const tenancyCrossNamespace: Rule = {
  id: 'tenancy/cross-namespace',
  severity: 'error',
  why: 'Under lockdown Flux refuses what refers to another namespace; without it, a team reaches into that of others.',
  fix: 'Put the object that is referred to into the same namespace.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      const lockdown = lockdownOf(repository, cluster);
      const tenants = tenantsOf(repository, cluster);
      for (const object of cluster.objects) {
        const [group, controller = '', ...paths] = references[object.kind] ?? [];
        if (group === undefined || !object.apiVersion.startsWith(`${group}/`)) continue;
        const isRefused = lockdown.has(controller, '--no-cross-namespace-refs=true');
        if (!isRefused && !tenants?.namespaces.has(object.namespace)) continue;
        for (const path of paths.flatMap((each) => expanded(object, each))) {
          const namespace = textAt(object.value, [...path, 'namespace']);
          if (namespace === undefined || namespace === '' || namespace === object.namespace) continue;
          yield {
            message: `${object.kind} ${object.name} of namespace ${object.namespace} refers to ${textAt(object.value, [...path, 'kind']) ?? 'an object'} ${textAt(object.value, [...path, 'name']) ?? ''} of ${namespace}`,
            at: object.placeOf([...path, 'namespace']),
            object: object.id,
            key: path.join('.'),
            cluster: cluster.name,
            ...(!isRefused && { severity: 'warning' }),
          };
        }
      }
    }
  },
};

function expanded({ value }: ClusterObject, path: readonly string[]): YamlPath[] {
  if (path.at(-1) !== '*') return [path];
  const list = path.slice(0, -1);
  return itemsAt(value, list).map((_, index) => [...list, index]);
}
