import { parseAllDocuments } from 'yaml';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import type { RepositoryTree } from './repository-tree.ts';

export type Fields = Record<string, unknown>;

/** One YAML document of a repository. */
export interface Manifest {
  file: RepoPath;
  value: Fields;
}

const parsed = new Map<string, readonly Fields[]>();

/** The documents of one file; empty ones (a file of comments, a leading `---`) are none. Not to be changed: many share them. */
export function manifestsIn(tree: RepositoryTree, file: RepoPath): Manifest[] {
  const text = tree.get(file) ?? '';
  const values =
    parsed.get(text) ??
    parseAllDocuments(text)
      .map((document): unknown => document.toJS())
      .filter(isFields);
  parsed.set(text, values);
  return values.map((value) => ({ file, value }));
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined where the path ends early. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (below, step) =>
      Array.isArray(below) && typeof step === 'number' ? below[step] : isFields(below) ? below[step] : undefined,
    value,
  );
}

/** The text at a path; empty where there is none. */
export function textAt(value: unknown, ...path: (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The items of the list at a path; none where there is no list. */
export function itemsAt(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** `Kind.group/namespace/name`: what makes an object the same one in a cluster. */
export function identityOf({ value }: Manifest): string {
  const apiVersion = textAt(value, 'apiVersion');
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return objectId(
    textAt(value, 'kind'),
    group,
    textAt(value, 'metadata', 'namespace'),
    textAt(value, 'metadata', 'name'),
  );
}

export function objectId(kind: string, group: string, namespace: string, name: string): string {
  return `${kind}.${group}/${namespace}/${name}`;
}

export const kustomizeGroup = 'kustomize.toolkit.fluxcd.io';

export function isFluxKustomization({ value }: Manifest): boolean {
  return value.kind === 'Kustomization' && textAt(value, 'apiVersion').startsWith(`${kustomizeGroup}/`);
}

/** Every text in a value, keys included. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isFields(value) ? Object.entries(value).flatMap(([key, below]) => [key, ...textsIn(below)]) : [];
}
