import { catalogue } from '../catalogue/catalogue.ts';
import { layoutTraits } from '../model/layouts.ts';
import type { Model } from '../model/model.ts';
import { namespaceOfApp, namespaceOfComponent } from '../model/namespaces.ts';
import { strategyOf } from '../model/settings.ts';
import { teamsIn } from '../model/teams.ts';
import { clustersOf, inOrder } from '../model/units.ts';
import type { Entry, FileEntry } from '../plan/entry.ts';
import { certificatePath } from '../secrets/sealed-secrets/certificate-path.ts';
import type { Root } from './child-file.ts';
import { componentChildren } from './children.ts';
import { environmentNotifications } from './environment-notifications.ts';
import type { Generator } from './generator.ts';
import { renderFile } from './render.ts';

/** What all units of an environment share: the lists of its overlays, and the namespaces. Nothing without a cluster. */
export const environmentGenerator: Generator = {
  generate(model, environment) {
    if (clustersOf(model, environment).length === 0) return [];
    const notifications = environmentNotifications(model, environment);
    const components = inOrder(model.components).filter(([, component]) => component.provided !== true);
    return [
      ...overlay(
        'infrastructure',
        environment,
        componentNamespaces(model),
        [
          ...components.map(([name]) => name).filter((name) => componentChildren(model, name, environment).length > 0),
          ...(notifications.length > 0 ? ['notifications'] : []),
        ].sort(),
      ),
      ...overlay(
        'apps',
        environment,
        appNamespaces(model),
        inOrder(model.apps)
          .filter(([, { removing }]) => removing === undefined)
          .map(([name]) => name),
      ),
      ...notifications,
      ...tenants(model, environment),
      ...certificate(model, environment),
    ];
  },
};

/** The list of the environment's teams, where its clusters share it. */
function tenants(model: Model, environment: string): FileEntry[] {
  const teams = layoutTraits[model.layout].sharesTenants ? teamsIn(model, environment) : [];
  return teams.length === 0 ? [] : overlay('tenants', environment, [], teams);
}

/** What Secrets are sealed for: made with the environment, or fetched from its clusters by a person, who may replace it. */
function certificate(model: Model, environment: string): Entry[] {
  return strategyOf(model) === 'sealed-secrets' ? [{ kind: 'sealed', path: certificatePath(environment) }] : [];
}

interface NamespaceView {
  name: string;
  podSecurity: string;
  /** The account that Helm releases are applied as, where there are any. */
  reconciler: null | { role: string; bindingKind: string; bindingName: string; bindingNamespace: string | null };
}

function overlay(
  root: Root | 'tenants',
  environment: string,
  namespaces: NamespaceView[],
  units: string[],
): FileEntry[] {
  const folder = '[root]/overlays/[environment]';
  const places = { root, environment };
  const resources = [...(namespaces.length > 0 ? ['namespaces.yaml'] : []), ...units.map((unit) => `${unit}.yaml`)];
  return [
    ...renderFile(`${folder}/kustomization.yaml`, places, { resources }),
    ...(namespaces.length > 0 ? renderFile(`${folder}/namespaces.yaml`, places, { namespaces }) : []),
  ];
}

function componentNamespaces(model: Model): NamespaceView[] {
  const views = inOrder(model.components).flatMap(([name, component]): NamespaceView[] => {
    const namespace = namespaceOfComponent(model, name);
    if (namespace === undefined || component.provided === true) return [];
    const entry = catalogue.get(name);
    const helm = (entry?.chart ?? component.chart) !== undefined;
    return [
      {
        name: namespace,
        podSecurity: component.podSecurity ?? entry?.podSecurity ?? 'baseline',
        reconciler: helm ? platformRights(namespace) : null,
      },
    ];
  });
  return byName(views);
}

function appNamespaces(model: Model): NamespaceView[] {
  const views = inOrder(model.apps).map(([name, app]): NamespaceView => {
    const namespace = namespaceOfApp(name, app);
    return {
      name: namespace,
      podSecurity: 'baseline',
      reconciler: app.chart === undefined ? null : appRights(namespace),
    };
  });
  return byName(views);
}

/** A component installs CRDs, webhooks and cluster roles. */
function platformRights(namespace: string): NamespaceView['reconciler'] {
  return {
    role: 'cluster-admin',
    bindingKind: 'ClusterRoleBinding',
    bindingName: `flux-reconciler-${namespace}`,
    bindingNamespace: null,
  };
}

/** An app's chart stays in its namespace. */
function appRights(namespace: string): NamespaceView['reconciler'] {
  return { role: 'admin', bindingKind: 'RoleBinding', bindingName: 'flux-reconciler', bindingNamespace: namespace };
}

/** One view per namespace, in order; units that share one share its account. */
function byName(views: readonly NamespaceView[]): NamespaceView[] {
  const merged = new Map<string, NamespaceView>();
  for (const view of views) {
    const known = merged.get(view.name);
    merged.set(view.name, known === undefined ? view : { ...known, reconciler: known.reconciler ?? view.reconciler });
  }
  return [...merged.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}
