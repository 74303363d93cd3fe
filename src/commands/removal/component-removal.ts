import { catalogue } from '../../catalogue/catalogue.ts';
import { partsOf } from '../../generators/parts.ts';
import type { Model } from '../../model/model.ts';
import { namespaceOfComponent } from '../../model/namespaces.ts';
import { inOrder } from '../../model/units.ts';
import { namespaceStep } from './namespace-step.ts';
import type { Phase, Removal } from './removal.ts';
import { isShared } from './shared-namespace.ts';

/** First the objects that need its controller, then its release, then the account that the release was applied with. */
export const componentRemoval: Removal = {
  phases(model, name, crds) {
    const component = model.components[name];
    if (component === undefined || component.provided === true) return [];
    const entry = catalogue.get(name);
    const whole = { ...model, components: { ...model.components, [name]: { ...component, removing: undefined } } };
    const isConfigured = partsOf(whole, name).includes('config');
    const prunesCrds = crds && (entry?.crds !== undefined || (entry?.neverPrune.length ?? 0) > 0);
    const release: Phase[] = isRelease(model, name) ? [{ phase: 'release', takes: 'its release' }] : [];
    if (!isConfigured && !prunesCrds) return release;
    const takes = isConfigured ? 'what it is configured with, while its controller still runs' : 'the hold on its CRDs';
    return [{ phase: 'config', takes }, ...release];
  },
  rest: 'its account and what else is left of it',
  clusters: (model) => inOrder(model.clusters).map(([cluster]) => cluster),
  traces: (model, name, phase) =>
    phase === 'config'
      ? [{ kind: 'Kustomization', namespace: 'flux-system', name: `${name}-config` }]
      : [
          { kind: 'Kustomization', namespace: 'flux-system', name },
          { kind: 'HelmRelease', namespace: namespaceOfComponent(model, name) ?? name, name },
        ],
  references: () => [],
  folders: (model, name) => [
    `infrastructure/base/${name}`,
    ...Object.keys(model.environments).map((environment) => `infrastructure/overlays/${environment}/${name}`),
  ],
  warnings(model, name, phase, hasCrds) {
    if (model.components[name]?.provided === true) return [];
    const groups = catalogue.get(name)?.crdGroups ?? [];
    const crds = hasCrds ? 'go too, and with them every object of their kinds' : 'stay';
    return [
      ...(phase === undefined || phase === 'config' ? [] : [`Flux uninstalls the Helm release ${name}.`]),
      ...(groups.length === 0 ? [] : [`Its CRDs (${groups.join(', ')}) ${crds}.`]),
    ];
  },
  lastSteps(model, name, crds) {
    const namespace = namespaceOfComponent(model, name);
    if (namespace === undefined || model.components[name]?.provided === true) return [];
    const clusters = componentRemoval.clusters(model, name);
    const entry = catalogue.get(name);
    const isLeft = crds && entry?.crds === undefined && entry?.neverPrune.length === 0 && entry.crdGroups.length > 0;
    const groups = (entry?.crdGroups ?? []).map((group) => group.replaceAll('.', '\\.')).join('|');
    return [
      ...(isShared(model, namespace, { kind: 'component', name }) ? [] : [namespaceStep(namespace, clusters)]),
      ...(isLeft
        ? [
            {
              text: 'Helm leaves CRDs where they are. To delete them, with every object of their kinds, on each cluster:',
              commands: [
                `kubectl --context CONTEXT get crds --output=name | grep -E '\\.(${groups})$' | xargs kubectl --context CONTEXT delete`,
              ],
            },
          ]
        : []),
    ];
  },
};

function isRelease(model: Model, name: string): boolean {
  return (catalogue.get(name)?.chart ?? model.components[name]?.chart) !== undefined;
}
