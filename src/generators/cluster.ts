import { catalogue } from '../catalogue/catalogue.ts';
import { layoutTraits } from '../model/layouts.ts';
import type { Model } from '../model/model.ts';
import { credentialOfRepository } from '../model/repository-credential.ts';
import { traitOf } from '../model/secret-strategies.ts';
import { durationOf, intervalOf, seconds, strategyOf } from '../model/settings.ts';
import { teamsIn, teamsOn } from '../model/teams.ts';
import { inOrder } from '../model/units.ts';
import type { Entry, FileEntry } from '../plan/entry.ts';
import type { Root } from './child-file.ts';
import {
  carrierChildren,
  componentChildren,
  longestChain,
  notificationChildren,
  requiredChildren,
} from './children.ts';
import type { Generator } from './generator.ts';
import { joinFiles } from './join-files.ts';
import { renderFile } from './render.ts';
import { secretEntries } from './secret-files.ts';

/** `clusters/<cluster>`: what one cluster's Flux reconciles, and what is special about that cluster. */
export const clusterGenerator: Generator = {
  generate(model, name) {
    const environment = model.clusters[name]?.environment;
    if (environment === undefined) return [];
    const places = { cluster: name };
    return [
      ...gotkFiles(name),
      ...renderFile('clusters/[cluster]/flux-system/kustomization.yaml', places, {
        lockdown: teamsOn(model, name).length > 0,
        reads: readsBy(model),
      }),
      ...secrets(model, name, environment),
      ...joinFiles([
        ...variables(model, name),
        ...parent(model, name, environment, 'infrastructure'),
        ...parent(model, name, environment, 'apps'),
        ...tenants(model, name, environment),
      ]),
    ];
  },
};

/** With what Flux reads the repository, where that is no deploy key. */
function readsBy(model: Model): { isApp: boolean } | null {
  const credential = credentialOfRepository(model);
  return credential === 'deploy-key' ? null : { isApp: credential === 'github-app' };
}

/**
 * Two empty files that `flux bootstrap` fills; it keeps the kustomization.yaml it finds beside them.
 * https://fluxcd.io/flux/installation/configuration/bootstrap-customization/
 */
function gotkFiles(cluster: string): FileEntry[] {
  return ['gotk-components.yaml', 'gotk-sync.yaml'].map((file) => ({
    kind: 'file',
    path: `clusters/${cluster}/flux-system/${file}`,
    contents: '',
    ownership: 'external',
  }));
}

function variables(model: Model, cluster: string): FileEntry[] {
  const view = { variables: variablesOf(model, cluster) };
  return renderFile('clusters/[cluster]/cluster-vars.yaml', { cluster }, view, fileOf(model, 'cluster-vars'));
}

/** Where a layout puts an object of the cluster. */
function fileOf(model: Model, object: 'cluster-vars' | 'tenants' | Root): string {
  return `clusters/[cluster]/${layoutTraits[model.layout].clusterFile(object)}`;
}

/** The most special setting wins: a component's, the repository's, its environment's, the cluster's own. */
export function variablesOf(model: Model, name: string): Record<string, string> {
  const cluster = model.clusters[name];
  const environment = cluster?.environment ?? '';
  const ofEnvironment = model.environments[environment]?.variables;
  const given = {
    ...componentVariables(model, environment),
    ...model.variables,
    ...ofEnvironment,
    ...cluster?.variables,
  };
  const own = { cluster_name: name, cluster_environment: environment };
  return { ...own, ...Object.fromEntries(inOrder(given)) };
}

/** What settings of components mean for production: there the real servers, elsewhere those for trying. */
function componentVariables(model: Model, environment: string): Record<string, string> {
  if (environment !== 'production') return {};
  const chosen = inOrder(model.components).flatMap(([name, component]) =>
    Object.entries(catalogue.get(name)?.settings ?? {})
      .filter(([setting]) => component.settings?.[setting] !== undefined)
      .map(([, setting]) => setting.productionVariables),
  );
  return Object.assign({}, ...chosen);
}

/**
 * The Kustomization `cluster-secrets`, and what it applies: Secrets that Flux itself uses, and so before all else, unless
 * a component has to be there to make them.
 */
function secrets(model: Model, cluster: string, environment: string): Entry[] {
  const files = secretEntries(model, { kind: 'cluster', name: cluster });
  if (files.length === 0) return [];
  const folder = `secrets/${cluster}`;
  const view = {
    path: `./${folder}`,
    interval: intervalOf(model, 'infrastructure', environment),
    retryInterval: intervalOf(model, 'retry', environment),
    decrypts: traitOf(strategyOf(model)).isDecrypted,
    dependsOn: carrierChildren(model),
  };
  const resources = files.map(({ path }) => path.slice(folder.length + 1));
  return [
    ...renderFile('clusters/[cluster]/secrets.yaml', { cluster }, view),
    ...renderFile('secrets/[cluster]/kustomization.yaml', { cluster }, { resources }),
    ...files,
  ];
}

/** Whether the infrastructure has Secrets to wait for: it does not for those that it makes possible itself. */
function waitsForSecrets(model: Model, cluster: string): boolean {
  return carrierChildren(model).length === 0 && secretEntries(model, { kind: 'cluster', name: cluster }).length > 0;
}

/** The Kustomization `tenants`, where a layout has the teams of an environment in an overlay. */
function tenants(model: Model, cluster: string, environment: string): FileEntry[] {
  if (!layoutTraits[model.layout].sharesTenants || teamsIn(model, environment).length === 0) return [];
  // With its last team it leaves itself, and then has to take along what is left of them.
  const stays = teamsIn(model, environment).some((team) => model.teams[team]?.removing === undefined);
  const view = {
    name: 'tenants',
    dependsOn: ['infrastructure'],
    interval: intervalOf(model, 'infrastructure', environment),
    retryInterval: intervalOf(model, 'retry', environment),
    timeout: '5m',
    path: `./tenants/overlays/${environment}`,
    healthChecks: null,
    orphans: stays,
  };
  const target = fileOf(model, 'tenants');
  return renderFile('clusters/[cluster]/[root].yaml', { cluster, root: 'tenants' }, view, target);
}

/** The Kustomization `infrastructure` or `apps`, which applies the unit's own Kustomizations. */
function parent(model: Model, cluster: string, environment: string, root: Root): FileEntry[] {
  // Only the infrastructure waits, for as long as its longest chain of children may take.
  const children =
    root === 'apps'
      ? []
      : [
          ...Object.keys(model.components).flatMap((name) => componentChildren(model, name, environment)),
          ...notificationChildren(model, environment),
        ];
  const view = {
    name: root,
    dependsOn: root === 'apps' ? ['infrastructure'] : waitsForSecrets(model, cluster) ? ['cluster-secrets'] : null,
    interval: intervalOf(model, root, environment),
    retryInterval: intervalOf(model, 'retry', environment),
    timeout: durationOf(Math.max(seconds('5m'), longestChain(children))),
    path: `./${root}/overlays/${environment}`,
    healthChecks: root === 'apps' ? null : requiredChildren(model, environment),
    orphans: true,
  };
  return renderFile('clusters/[cluster]/[root].yaml', { cluster, root }, view, fileOf(model, root));
}
