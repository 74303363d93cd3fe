import type { App, Model } from '../model/model.ts';
import { namespaceOfApp } from '../model/namespaces.ts';
import { intervalOf } from '../model/settings.ts';
import { livingEnvironments } from '../model/units.ts';
import type { FileEntry } from '../plan/entry.ts';
import { type ChartRelease, chartFiles, chartPatches } from './chart-files.ts';
import { childFile } from './child-file.ts';
import { appChild } from './children.ts';
import type { Generator } from './generator.ts';
import { gatewayOf, offerOf } from './offers.ts';
import { renderFile } from './render.ts';
import { secretEntries, secretFiles } from './secret-files.ts';

/** `apps/base/<app>` and its overlay in every environment that has a cluster. */
export const appGenerator: Generator = {
  generate(model, name) {
    const app = model.apps[name];
    // What its release is applied as stays with the environment until the release is gone.
    if (app === undefined || app.removing !== undefined) return [];
    return [
      ...baseFiles(model, name, app),
      ...livingEnvironments(model).flatMap((environment) => [
        ...childFile(model, 'apps', name, environment, [appChild(model, name, environment)]),
        ...overlayFiles(model, name, app, environment),
      ]),
      ...secretEntries(model, { kind: 'app', name }),
    ];
  },
};

function baseFiles(model: Model, name: string, app: App): FileEntry[] {
  const folder = `apps/base/${name}`;
  const release = chartRelease(model, name, app);
  const manifests = release === undefined ? workload(model, name, app) : chartFiles(model, release, folder);
  const resources = manifests.map((entry) => entry.path.slice(folder.length + 1)).sort();
  return [...renderFile('apps/base/[app]/kustomization.yaml', { app: name }, { resources }), ...manifests];
}

function workload(model: Model, name: string, app: App): FileEntry[] {
  const view = {
    name,
    namespace: namespaceOfApp(name, app),
    image: app.image,
    port: app.port ?? 80,
    replicas: app.replicas ?? 2,
    healthPath: app.healthPath ?? null,
    gateway: gatewayOf(model),
    hostname: `${name}.\${domain:=example.internal}`,
  };
  const files = ['deployment', 'service', ...(offerOf(model, 'routes', false) === undefined ? [] : ['httproute'])];
  return files.flatMap((file) => renderFile(`apps/base/[app]/${file}.yaml`, { app: name }, view));
}

function overlayFiles(model: Model, name: string, app: App, environment: string): FileEntry[] {
  const folder = `apps/overlays/${environment}/${name}`;
  const release = chartRelease(model, name, app);
  const differing = app.environments?.[environment];
  const patches = release === undefined ? [] : chartPatches(release, differing, folder);
  const replicas = release === undefined ? differing?.replicas : undefined;
  const view = {
    name,
    resources: [`../../../base/${name}`, ...secretFiles(model, { kind: 'app', name }, environment)],
    patches: patches.map((entry) => entry.path.slice(folder.length + 1)).sort(),
    replicas: replicas === undefined ? null : { count: replicas },
  };
  return [
    ...renderFile('apps/overlays/[environment]/[app]/kustomization.yaml', { environment, app: name }, view),
    ...patches,
  ];
}

function chartRelease(model: Model, name: string, app: App): ChartRelease | undefined {
  if (app.chart === undefined) return undefined;
  return {
    name,
    namespace: namespaceOfApp(name, app),
    chart: app.chart,
    values: app.values ?? {},
    interval: intervalOf(model, 'apps', undefined, app.interval),
    bringsCrds: true,
  };
}
