import { joinedPath } from '../graph/joined-path.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { itemsAt, textAt, valueAt } from '../yaml/value-at.ts';
import type { ClusterObject } from './checked-repository.ts';

/** What `flux bootstrap` calls the Kustomization of the cluster's folder. */
export const rootId = { id: 'flux-system/flux-system', name: 'flux-system', namespace: 'flux-system' } as const;

/** The source it makes: before bootstrap, what will be this repository. */
export const rootSource = 'GitRepository/flux-system/flux-system';

export function isFluxKustomization({ kind, apiVersion }: Pick<ClusterObject, 'kind' | 'apiVersion'>): boolean {
  return kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

/** Whether an object of a cluster's folder is the Kustomization that applies the folder itself. */
export function isRootOf(value: unknown, folder: RepoPath): boolean {
  const kind = textAt(value, ['kind']) ?? '';
  if (!isFluxKustomization({ kind, apiVersion: textAt(value, ['apiVersion']) ?? '' })) return false;
  const { name, namespace } = rootId;
  const isBootstrapped =
    textAt(value, ['metadata', 'name']) === name && textAt(value, ['metadata', 'namespace']) === namespace;
  return isBootstrapped || joinedPath('', textAt(value, ['spec', 'path']) ?? '') === folder;
}

/** `namespace/name`. */
export function idOf({ namespace, name }: Pick<ClusterObject, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** `kind/namespace/name` of its source. */
export function sourceOf({ value, namespace }: ClusterObject): string {
  const source = valueAt(value, ['spec', 'sourceRef']);
  const kind = textAt(source, ['kind']) ?? 'GitRepository';
  return `${kind}/${textAt(source, ['namespace']) ?? namespace}/${textAt(source, ['name']) ?? ''}`;
}

/** Ids of what it waits for; without a namespace its own is meant. */
export function dependenciesOf({ value, namespace }: ClusterObject): string[] {
  return itemsAt(value, ['spec', 'dependsOn']).map(
    (item) => `${textAt(item, ['namespace']) || namespace}/${textAt(item, ['name']) ?? ''}`,
  );
}

/**
 * The folder it reconciles; the root when it names none.
 * @returns undefined when that is no folder of this tree
 */
export function pathOf(tree: Tree, { value }: ClusterObject): RepoPath | undefined {
  const told = textAt(value, ['spec', 'path']) ?? '';
  const path = joinedPath('', told.replace(/^\/+/, ''));
  if (path === undefined || path === '') return path;
  const kind = tree.kindOf(path);
  return kind === 'folder' || (kind === 'link' && tree.list(path).length > 0) ? path : undefined;
}
