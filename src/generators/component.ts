import { catalogue } from '../catalogue/catalogue.ts';
import type { Part } from '../catalogue/component-entry.ts';
import type { Model } from '../model/model.ts';
import { namespaceOfComponent } from '../model/namespaces.ts';
import { intervalOf } from '../model/settings.ts';
import { livingEnvironments } from '../model/units.ts';
import type { FileEntry } from '../plan/entry.ts';
import { storeView } from '../secrets/external-secrets/secret-store.ts';
import { type ChartRelease, chartFiles, chartPatches } from './chart-files.ts';
import { childFile } from './child-file.ts';
import { componentChildren } from './children.ts';
import type { Generator } from './generator.ts';
import { mergeValues } from './merge-values.ts';
import { gatewayOf, offerOf } from './offers.ts';
import { partsOf } from './parts.ts';
import { renderFile, templatesIn } from './render.ts';
import { secretEntries, secretFiles } from './secret-files.ts';

/** `infrastructure/base/<component>` and its overlay in every environment that has a cluster. */
export const componentGenerator: Generator = {
  generate(model, name) {
    const component = model.components[name];
    if (component === undefined || component.provided === true) return [];
    const parts = partsOf(model, name);
    return [
      ...parts.flatMap((part) => baseFiles(model, name, part)),
      ...livingEnvironments(model).flatMap((environment) => [
        ...childFile(model, 'infrastructure', name, environment, componentChildren(model, name, environment)),
        ...parts.flatMap((part) => overlayFiles(model, name, part, environment)),
      ]),
      ...secretEntries(model, { kind: 'component', name }),
    ];
  },
};

function baseFiles(model: Model, name: string, part: Part): FileEntry[] {
  const folder = `infrastructure/base/${name}/${part}`;
  const release = part === 'release' ? chartRelease(model, name) : undefined;
  const manifests = [
    ...(release === undefined ? [] : chartFiles(model, release, folder)),
    ...templatesIn(`components/${name}/${part}`).flatMap((template) =>
      renderFile(
        template,
        {},
        componentView(model, name),
        `${folder}/${template.slice(template.lastIndexOf('/') + 1)}`,
      ),
    ),
  ];
  const resources = manifests.map((entry) => entry.path.slice(folder.length + 1)).sort();
  const template = 'infrastructure/base/[component]/[part]/kustomization.yaml';
  return [...renderFile(template, { component: name, part }, { resources }), ...manifests];
}

function overlayFiles(model: Model, name: string, part: Part, environment: string): FileEntry[] {
  const folder = `infrastructure/overlays/${environment}/${name}/${part}`;
  const release = part === 'release' ? chartRelease(model, name) : undefined;
  const differing = model.components[name]?.environments?.[environment];
  const patches = release === undefined ? [] : chartPatches(release, differing, folder);
  const secrets = part === 'release' ? secretFiles(model, { kind: 'component', name }, environment) : [];
  const view = {
    resources: [`../../../../base/${name}/${part}`, ...secrets],
    patches: patches.map((entry) => entry.path.slice(folder.length + 1)).sort(),
  };
  const template = 'infrastructure/overlays/[environment]/[component]/[part]/kustomization.yaml';
  return [...renderFile(template, { environment, component: name, part }, view), ...patches];
}

/** The release of a component that is a chart: the catalogue's, or the user's own. */
function chartRelease(model: Model, name: string): ChartRelease | undefined {
  const component = model.components[name];
  const entry = catalogue.get(name);
  const chart = entry?.chart ?? component?.chart;
  const namespace = namespaceOfComponent(model, name);
  if (chart === undefined || namespace === undefined) return undefined;
  const present = Object.entries(entry?.valuesWith ?? {}).filter(
    ([other]) => model.components[other] !== undefined && model.components[other].removing === undefined,
  );
  const values = [...present.map(([, more]) => more), component?.values ?? {}];
  return {
    name,
    namespace,
    chart: { ...chart, version: component?.version ?? chart.version },
    values: values.reduce(mergeValues, entry?.values ?? {}),
    interval: intervalOf(model, 'infrastructure', undefined, component?.interval),
    bringsCrds: entry?.crds === undefined,
  };
}

/** What a component's own templates may use. */
function componentView(model: Model, name: string) {
  const settings = Object.keys(catalogue.get(name)?.settings ?? {}).map((key) => [
    key,
    model.components[name]?.settings?.[key] ?? null,
  ]);
  return {
    settings: Object.fromEntries(settings),
    gateway: gatewayOf(model),
    store: storeView(model),
    clusterIssuer: offerOf(model, 'clusterIssuer', true)?.what ?? null,
    interval: intervalOf(model, 'infrastructure'),
    retryInterval: intervalOf(model, 'retry'),
    sourceInterval: intervalOf(model, 'sources'),
  };
}
