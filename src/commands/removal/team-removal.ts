import { takingOut } from '../../model/taking-out.ts';
import { namespaceOfSync } from '../../model/team-secrets.ts';
import { transportOf } from '../../model/team-source.ts';
import { environmentsOf, placesOf } from '../../model/teams.ts';
import { inOrder } from '../../model/units.ts';
import { listed } from '../secrets/rotation-words.ts';
import { namespaceStep } from './namespace-step.ts';
import type { Removal } from './removal.ts';

/** First what is applied for the team, while the account that may delete it is there; then its rights and limits. */
export const teamRemoval: Removal = {
  phases: (model, name) =>
    environmentsOf(model, model.teams[name] ?? {}).length === 0
      ? []
      : [{ phase: 'sync', takes: 'what is applied for it, while its account and rights are still there' }],
  rest: 'its account, rights and limits',
  clusters: (model, name) => placesOf(model, model.teams[name] ?? {}).map(({ cluster }) => cluster),
  traces: (model, name) => {
    const namespace = namespaceOfSync(name, model.teams[name] ?? { source: 'path' });
    return [
      { kind: 'Kustomization', namespace, name },
      { kind: 'Kustomization', namespace: name },
      { kind: 'HelmRelease', namespace: name },
    ];
  },
  references: (model, name) =>
    inOrder(model.notifications)
      .filter(([, { team }]) => team === name)
      .map(([notification]) => takingOut(model, ['notifications', notification])),
  folders: (model, name) => [
    `tenants/base/${name}`,
    `teams/${name}`,
    ...Object.keys(model.environments).map((environment) => `tenants/overlays/${environment}/${name}`),
  ],
  warnings(model, name, phase) {
    const clusters = teamRemoval.clusters(model, name);
    if (clusters.length === 0) return [];
    return phase === undefined
      ? [`Namespace ${name} stays, with what nobody applied through Flux.`]
      : [
          `Flux deletes all that team ${name} has applied on ${listed(clusters)}: workloads, volume claims, and with them the data on volumes that are not retained.`,
        ];
  },
  lastSteps(model, name) {
    const { source = 'path', deployKey } = model.teams[name] ?? {};
    const clusters = teamRemoval.clusters(model, name);
    return [
      ...(clusters.length === 0 ? [] : [namespaceStep(name, clusters)]),
      ...(transportOf(source) === 'ssh'
        ? [
            {
              text: `Take the deploy key out of ${source}: nothing fetches with it any more.`,
              commands: deployKey === undefined ? [] : [deployKey],
            },
          ]
        : []),
    ];
  },
};
