import { parseAllDocuments } from 'yaml';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import { isFields } from './manifest.ts';
import type { RepositoryTree } from './repository-tree.ts';

/** Everything about a file but its scalars: documents, kinds, keys, lists. In keys, `text` stands for itself. */
export function structureOf(contents: string, path: RepoPath, text: string): unknown {
  if (!/\.ya?ml$/.test(path)) return undefined;
  return parseAllDocuments(contents, { version: '1.2' }).map((document) => {
    if (document.errors.length > 0) return document.errors.map((error) => error.message);
    return skeleton(document.toJS(), text);
  });
}

/** Scalars that say what an object is. */
const naming = ['apiVersion', 'kind', 'name', 'namespace'];

function skeleton(value: unknown, text: string, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => skeleton(item, text));
  if (!isFields(value)) return naming.includes(key) && value !== text ? value : typeof value;
  const entries = Object.entries(value).map(([name, below]) => [
    name === text ? '<text>' : name,
    skeleton(below, text, name),
  ]);
  return Object.fromEntries(entries);
}

/** Every scalar of a file, keys included, as a reader of this version of YAML sees it. */
export function valuesIn(contents: string, version: '1.1' | '1.2'): unknown[] {
  return parseAllDocuments(contents, { version }).flatMap((document) => scalarsOf(document.toJS()));
}

function scalarsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(scalarsOf);
  if (!isFields(value)) return [value];
  return Object.entries(value).flatMap(([key, below]) => [key, ...scalarsOf(below)]);
}

/** What must be escaped in a file, since some reader takes it for a line's end, refuses it, or hides it. */
export function hiddenCharacters(contents: string): string[] {
  return [...contents.matchAll(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\uFEFF]/gu)].map(([character]) => JSON.stringify(character));
}

/** What is wrong with the files that are no YAML for Flux, beside those of a repository without anything odd in it. */
export function brokenProse(tree: RepositoryTree, plain: RepositoryTree): string[] {
  return ['README.md', '.gitlab/CODEOWNERS', '.sops.yaml'].flatMap((path) => {
    const [found, wanted] = [tree.get(path) ?? '', plain.get(path) ?? ''];
    const differs = (what: string, pattern: RegExp) =>
      (found.match(pattern) ?? []).length === (wanted.match(pattern) ?? []).length ? [] : [`${path}: other ${what}`];
    return [
      ...differs('lines', /\n/g),
      ...differs('markers', /^ *(#|<!--) flux-repo:(begin|end) .*$/gm),
      ...differs('comments', /^ *#/gm),
      ...differs('fences', /^ *```/gm),
      ...(path === 'README.md' ? brokenTables(found) : []),
    ];
  });
}

/** A row of another number of cells than the row above. https://github.github.com/gfm/#tables-extension- */
function brokenTables(text: string): string[] {
  const rows = text.split('\n').map((line) => (line.startsWith('|') ? line.replace(/\\\|/g, '').split('|').length : 0));
  const lines = text.split('\n');
  return rows.flatMap((cells, index) => {
    const above = rows[index - 1] ?? 0;
    const uneven = cells > 0 && above > 0 && cells !== above;
    const unclosed = cells > 0 && ((lines[index] ?? '').match(/`/g) ?? []).length % 2 === 1;
    return [
      ...(uneven ? [`row of ${cells} cells: ${lines[index]}`] : []),
      ...(unclosed ? [`open code: ${lines[index]}`] : []),
    ];
  });
}
