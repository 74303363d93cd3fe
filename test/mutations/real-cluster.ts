import { posix } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import { at, type Fields, isFields, isFluxKustomization, itemsAt, objectId, textAt } from '../support/manifest.ts';
import type { BuildSite } from './flux-builds.ts';
import { substituteSimply } from './simple-substitution.ts';

export const rootId = 'flux-system/flux-system';

/** An object as kustomize builds it, variables put in, and who applies it: `namespace/name` of the Kustomization. */
export interface RealObject {
  id: string;
  value: Fields;
  owner: string;
}

export interface RealKustomization {
  /** `namespace/name`. */
  id: string;
  /** Undefined for the cluster's own, which is not there before bootstrap. */
  value: Fields | undefined;
  /** Undefined for the cluster's own. */
  parent: string | undefined;
  /** It takes what it applies from another source than this repository. */
  isOutside: boolean;
}

/** A cluster by real builds, and what is wrong so far. */
export interface RealCluster {
  kustomizations: ReadonlyMap<string, RealKustomization>;
  objects: readonly RealObject[];
  /** What fails. */
  broken: string[];
  /** What these means cannot judge. */
  unknown: string[];
}

/** Kind, group, namespace and name; two of them are one object of the cluster. */
function identity(value: Fields): string {
  const apiVersion = textAt(value, 'apiVersion');
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const { namespace, name } = {
    namespace: textAt(value, 'metadata', 'namespace'),
    name: textAt(value, 'metadata', 'name'),
  };
  return objectId(textAt(value, 'kind'), group, namespace, name);
}

/** Follows a cluster from its folder, by real builds. */
export async function realCluster(site: BuildSite, folder: RepoPath): Promise<RealCluster> {
  const kustomizations = new Map<string, RealKustomization>();
  const found: RealCluster & { objects: RealObject[] } = { kustomizations, objects: [], broken: [], unknown: [] };
  const root = { id: rootId, value: undefined, parent: undefined, isOutside: false };
  kustomizations.set(rootId, root);
  const waiting: RealKustomization[] = [root];
  const has = (kind: string, namespace: string, name: string) =>
    found.objects.find(({ value }) => value.kind === kind && isNamed(value, namespace, name))?.value;
  while (waiting.length > 0) {
    const ready = waiting.findIndex((each) => variableSources(each, has).every(({ source }) => source !== undefined));
    const [next] = waiting.splice(Math.max(0, ready), 1);
    if (next === undefined) break;
    for (const object of await appliedBy(site, next, folder, found, variableSources(next, has))) {
      found.objects.push(object);
      if (!isFluxKustomization({ file: '', value: object.value })) continue;
      const id = `${textAt(object.value, 'metadata', 'namespace')}/${textAt(object.value, 'metadata', 'name')}`;
      if (kustomizations.has(id)) continue;
      const child = { id, value: object.value, parent: next.id, isOutside: !isOurs(object.value) };
      kustomizations.set(id, child);
      waiting.push(child);
    }
  }
  return found;
}

function isNamed(value: Fields, namespace: string, name: string): boolean {
  return textAt(value, 'metadata', 'namespace') === namespace && textAt(value, 'metadata', 'name') === name;
}

function isOurs(value: Fields): boolean {
  const source = at(value, 'spec', 'sourceRef');
  const namespace = textAt(source, 'namespace') || textAt(value, 'metadata', 'namespace');
  return `${textAt(source, 'kind')}/${namespace}/${textAt(source, 'name')}` === `GitRepository/${rootId}`;
}

type Find = (kind: string, namespace: string, name: string) => Fields | undefined;

function variableSources({ value }: RealKustomization, find: Find): { kind: string; source: Fields | undefined }[] {
  return itemsAt(value, 'spec', 'postBuild', 'substituteFrom').map((from) => {
    const kind = textAt(from, 'kind');
    return { kind, source: find(kind, textAt(value, 'metadata', 'namespace'), textAt(from, 'name')) };
  });
}

async function appliedBy(
  site: BuildSite,
  { id, value, isOutside }: RealKustomization,
  folder: RepoPath,
  found: RealCluster,
  sources: { kind: string; source: Fields | undefined }[],
): Promise<RealObject[]> {
  if (isOutside) return [];
  const told = value === undefined ? folder : posix.normalize(`./${textAt(value, 'spec', 'path')}`).replace(/\/$/, '');
  if (told === '.') {
    found.unknown.push(`${id} applies the whole repository`);
    return [];
  }
  const build = await site.build(told, at(value, 'spec'));
  if ('failure' in build) {
    found.broken.push(`${id}: ${build.failure}`);
    return [];
  }
  const isSubstituting = isFields(at(value, 'spec', 'postBuild'));
  const variables = new Map<string, string>();
  for (const { kind, source } of sources)
    for (const [key, text] of Object.entries(isFields(source?.data) ? source.data : {}))
      variables.set(key, kind === 'Secret' ? 'hidden' : String(text).replaceAll('\n', ''));
  for (const [key, text] of Object.entries(at(value, 'spec', 'postBuild', 'substitute') ?? {}))
    variables.set(key, String(text));
  if (isSubstituting && [...variables.keys()].some((name) => !/^[A-Za-z_]\w*$/.test(name)))
    found.broken.push(`${id}: a variable has a name that is not allowed`);
  return build.documents.flatMap((text) => objectOf(text, id, isSubstituting ? variables : undefined, found));
}

function objectOf(
  text: string,
  owner: string,
  variables: ReadonlyMap<string, string> | undefined,
  found: RealCluster,
): RealObject[] {
  const isLeftAlone = /kustomize\.toolkit\.fluxcd\.io\/substitute: disabled/.test(text);
  const {
    text: made,
    unset,
    odd,
  } = variables === undefined || isLeftAlone ? { text, unset: [], odd: [] } : substituteSimply(text, variables);
  if (odd.length > 0) found.unknown.push(`${owner}: ${odd.join(' ')}`);
  if (unset.length > 0) found.broken.push(`${owner}: not set: ${unset.join(' ')}`);
  const [document] = parseAllDocuments(made);
  if (document === undefined || document.errors.length > 0) {
    found.broken.push(`${owner}: what comes out of substitution is no YAML`);
    return [];
  }
  const value: unknown = document.toJS();
  return isFields(value) ? [{ id: identity(value), value, owner }] : [];
}
