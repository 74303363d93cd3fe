import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import type { Model } from '../../model/model.ts';
import { keyScopeOf, strategyOf } from '../../model/settings.ts';
import { clustersOf, inOrder } from '../../model/units.ts';
import type { Removal } from './removal.ts';

/** Nothing is deleted on the cluster: its Flux no longer finds its folder, and stops. */
export const clusterRemoval: Removal = {
  phases: () => [],
  rest: 'its folder and its key',
  clusters: () => [],
  traces: () => [],
  references: (model, name) =>
    inOrder(model.teams).flatMap(([team, { clusters = [] }]) =>
      clusters.includes(name)
        ? [{ path: ['teams', team, 'clusters'], value: clusters.filter((other) => other !== name) }]
        : [],
    ),
  folders: (model, name) => [`clusters/${name}`, `secrets/${name}`, ...lastOverlays(model, name)],
  warnings(model, name) {
    const environment = model.clusters[name]?.environment ?? '';
    return [
      `What runs on ${name} stays there as it is: its Flux finds no folder any more, and neither changes nor deletes anything.`,
      ...(model.clusters[name]?.recipients === undefined
        ? []
        : [`Its private key stays where it is, outside of the repository: older commits open with it.`]),
      ...(clustersOf(model, environment).length > 1
        ? []
        : [
            `${name} is the last cluster of environment ${environment}: its overlays go, with what is encrypted there. Git's history keeps them.`,
          ]),
    ];
  },
  lastSteps(model, name) {
    const environment = model.clusters[name]?.environment ?? '';
    const isKnown = clustersOf(model, environment).length > 1;
    return [
      {
        text: `Where ${name} lives on, take Flux away from it; what it has applied stays:`,
        commands: ['flux --context CONTEXT uninstall'],
      },
      {
        text: `Take the deploy key of ${name} out of the repository's settings: its title names the cluster.`,
        commands: [],
      },
      ...(strategyOf(model) === 'sops' && keyScopeOf(model) === 'environment' && isKnown
        ? [
            {
              text: `${name} still has the key of environment ${environment}. Unless it is destroyed, replace that key:`,
              commands: [`${npx} ${shellCommand(['secrets', 'rotate', '--environment', environment])}`],
            },
          ]
        : []),
    ];
  },
};

/** Without a cluster an environment has no overlays. */
function lastOverlays(model: Model, cluster: string): string[] {
  const environment = model.clusters[cluster]?.environment ?? '';
  if (clustersOf(model, environment).length > 1) return [];
  return ['infrastructure', 'apps', 'tenants'].map((root) => `${root}/overlays/${environment}`);
}
