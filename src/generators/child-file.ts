import { catalogue } from '../catalogue/catalogue.ts';
import type { ComponentEntry } from '../catalogue/component-entry.ts';
import type { Component, Model } from '../model/model.ts';
import { traitOf } from '../model/secret-strategies.ts';
import { type IntervalClass, intervalOf, strategyOf } from '../model/settings.ts';
import type { FileEntry } from '../plan/entry.ts';
import type { Child } from './children.ts';
import { renderFile } from './render.ts';
import { secretFiles } from './secret-files.ts';

/** The part of the repository a unit's overlays are in. */
export type Root = 'infrastructure' | 'apps';

/** `<root>/overlays/<environment>/<unit>.yaml`: the unit's Flux Kustomizations. */
export function childFile(model: Model, root: Root, unit: string, environment: string, children: Child[]): FileEntry[] {
  const rhythm: IntervalClass = root;
  const own = root === 'apps' ? model.apps[unit]?.interval : model.components[unit]?.interval;
  const entry = root === 'apps' ? undefined : catalogue.get(unit);
  const owner = { kind: root === 'apps' ? 'app' : 'component', name: unit } as const;
  const hasSecrets = secretFiles(model, owner, environment).length > 0;
  const removing = root === 'apps' ? undefined : model.components[unit]?.removing;
  const { isDecrypted } = traitOf(strategyOf(model));
  const view = {
    children: children.map((child, index) => ({
      ...child,
      ...target({ root, unit, environment, removing }, child, entry),
      separated: index > 0,
      decrypts: isDecrypted && hasSecrets && (child.part === 'app' || child.part === 'release'),
      interval: intervalOf(model, rhythm, environment, own),
      retryInterval: intervalOf(model, 'retry', environment),
      git: child.part === 'crds' ? gitSource(model, environment, entry) : null,
    })),
  };
  return renderFile('[root]/overlays/[environment]/[unit].yaml', { root, environment, unit }, view);
}

interface Place {
  root: Root;
  unit: string;
  environment: string;
  removing: Component['removing'];
}

/** Where a child finds its manifests, and what may happen to them. */
function target({ root, unit, environment, removing }: Place, child: Child, entry: ComponentEntry | undefined) {
  const crdsGo = removing?.crds === true;
  if (child.part === 'crds')
    return { path: entry?.crds?.path, source: child.name, prune: crdsGo, substitute: false, waits: false };
  const folder = `./${root}/overlays/${environment}/${unit}`;
  const source = 'flux-system';
  if (child.part === 'app') return { path: folder, source, prune: true, substitute: true, waits: false };
  const bringsCrds = entry?.neverPrune.includes(child.part) ?? false;
  // CRDs hold regular expressions with "$", which substitution would take for variables.
  const substitute = !bringsCrds;
  return { path: `${folder}/${child.part}`, source, prune: substitute || crdsGo, substitute, waits: substitute };
}

function gitSource(model: Model, environment: string, entry: ComponentEntry | undefined) {
  if (entry?.crds === undefined) return null;
  const { url, tag, path } = entry.crds;
  const filter = { ignore: `/*\n!${path.replace(/^\.\//, '/')}\n` };
  return { url, tag, interval: intervalOf(model, 'sources', environment), filter };
}
