import { type Alias, isAlias } from 'yaml';
import { type Draft, keptDraft, openDraft } from './draft.ts';
import type { YamlDocument } from './yaml-file.ts';
import { refuseYaml } from './yaml-refusal.ts';

/** One document while it is edited; `source` is absent for an added one. */
export interface DraftDocument {
  source: YamlDocument | undefined;
  root: Draft;
  /** Something may be repeated in the document; then an edit of one place changes others. */
  hasAliases: boolean;
}

/** An existing document, untouched. */
export function draftDocument(source: YamlDocument): DraftDocument {
  return { source, root: keptDraft(source.contents()), hasAliases: source.text.includes('*') };
}

/** More repetitions than any honest file has: each may repeat others ("billion laughs"). */
const mostAliases = 10_000;

/** The value a draft stands for, as JavaScript, with aliases and merge keys resolved. */
export function draftValue(document: DraftDocument, draft: Draft): unknown {
  return resolve(document, draft, { aliases: 0 });
}

function resolve(document: DraftDocument, draft: Draft, count: { aliases: number }): unknown {
  const { node, content } = draft;
  if (content.kind === 'new') return content.value;
  if (content.kind === 'kept' && isAlias(node)) {
    const target = document.source && node.resolve(document.source.parsed());
    if (++count.aliases > mostAliases && document.source)
      throw refuseYaml('yaml-alias', 'aliases repeat too much', document.source.placeOf(node.range[0]));
    const repeated = target && draftOf(document.root, target);
    if (repeated === undefined) throw goneAnchor(document, node);
    return resolve(document, repeated, count);
  }
  if (content.kind === 'kept' && !document.hasAliases)
    return document.source && node ? node.toJS(document.source.parsed()) : null;
  const opened = openDraft(draft);
  if (opened === undefined) return document.source && node ? node.toJS(document.source.parsed()) : null;
  if (opened.kind === 'list') return opened.children.map((child) => resolve(document, child.draft, count));
  const entries = new Map<string, unknown>();
  for (const child of opened.children.filter(({ merge }) => merge))
    for (const [key, value] of merged(resolve(document, child.draft, count)))
      if (!entries.has(key)) entries.set(key, value);
  for (const child of opened.children)
    if (!child.merge) entries.set(child.key ?? '', resolve(document, child.draft, count));
  return Object.fromEntries(entries);
}

/** An edit before this one took away what the alias repeats. */
function goneAnchor(document: DraftDocument, alias: Alias.Parsed): Error {
  const place = document.source?.placeOf(alias.range[0]) ?? { line: 1, column: 1 };
  return refuseYaml('yaml-anchor-in-use', `the alias *${alias.source} repeats what was removed`, place);
}

/** What a merge key brings: the entries of a map, or of several, of which the first that has a key wins. */
function merged(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.flatMap(merged);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** The draft laid over a node. All drafts on the way are opened, which changes nothing. */
function draftOf(draft: Draft, node: unknown): Draft | undefined {
  if (draft.node === node) return draft;
  for (const child of openDraft(draft)?.children ?? []) {
    const found = draftOf(child.draft, node);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Keys that a map has from its merge keys; a key of its own hides one of these. */
export function mergedKeys(document: DraftDocument, draft: Draft): ReadonlyMap<string, unknown> {
  const opened = openDraft(draft);
  if (opened?.kind !== 'map') return new Map();
  const sources = opened.children.filter(({ merge }) => merge);
  return new Map(sources.flatMap((child) => merged(draftValue(document, child.draft))).reverse());
}
