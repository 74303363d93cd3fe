import { namespaceOfApp } from '../../model/namespaces.ts';
import { inOrder } from '../../model/units.ts';
import { namespaceStep } from './namespace-step.ts';
import type { Removal } from './removal.ts';
import { isShared } from './shared-namespace.ts';

/** An app of an image goes at once; a chart's release first, while the account is there that it is uninstalled with. */
export const appRemoval: Removal = {
  phases: (model, name) =>
    model.apps[name]?.chart === undefined ? [] : [{ phase: 'release', takes: 'its Helm release' }],
  rest: 'the app',
  clusters: (model) => inOrder(model.clusters).map(([cluster]) => cluster),
  traces: (model, name) => [
    { kind: 'Kustomization', namespace: 'flux-system', name },
    { kind: 'HelmRelease', namespace: namespaceOfApp(name, model.apps[name] ?? {}), name },
  ],
  references: () => [],
  folders: (model, name) => [
    `apps/base/${name}`,
    ...Object.keys(model.environments).map((environment) => `apps/overlays/${environment}/${name}`),
  ],
  warnings: (model, name, phase) =>
    phase === undefined && model.apps[name]?.removing !== undefined
      ? []
      : [`Flux deletes what it has applied for app ${name}, on every cluster.`],
  lastSteps(model, name) {
    const namespace = namespaceOfApp(name, model.apps[name] ?? {});
    if (isShared(model, namespace, { kind: 'app', name })) return [];
    return [namespaceStep(namespace, appRemoval.clusters(model, name))];
  },
};
