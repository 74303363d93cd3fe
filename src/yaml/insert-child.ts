import { type Child, type Draft, type ListContent, type MapContent, newDraft } from './draft.ts';
import { type DraftDocument, draftValue } from './draft-value.ts';
import { findChild } from './find-child.ts';
import type { YamlPosition } from './yaml-operation.ts';

/** Puts a new entry into a map, whose key must be free. */
export function insertEntry(
  document: DraftDocument,
  draft: Draft,
  map: MapContent,
  key: string,
  value: unknown,
  at: YamlPosition,
): Child {
  const child: Child = { key, draft: newDraft(value) };
  const keys = map.children.filter(({ merge }) => !merge).map((entry) => entry.key ?? '');
  const merges = map.children.length - keys.length;
  const index = at === 'sorted' ? sortedIndex(keys, key, merges) : indexOf(document, draft, map.children, at);
  map.children.splice(index, 0, child);
  return child;
}

/** Puts a new item into a list. */
export function insertItem(
  document: DraftDocument,
  draft: Draft,
  list: ListContent,
  value: unknown,
  at: YamlPosition,
): Child {
  const items = at === 'sorted' ? list.children.map((child) => String(draftValue(document, child.draft))) : [];
  const index = at === 'sorted' ? sortedIndex(items, String(value), 0) : indexOf(document, draft, list.children, at);
  const child: Child = { draft: newDraft(value) };
  list.children.splice(index, 0, child);
  return child;
}

function indexOf(
  document: DraftDocument,
  draft: Draft,
  children: readonly Child[],
  at: Exclude<YamlPosition, 'sorted'>,
): number {
  if (at === 'start') return 0;
  if (at === 'end') return children.length;
  const sibling = findChild(document, draft, 'before' in at ? at.before : at.after);
  if (sibling === undefined) return children.length;
  return children.indexOf(sibling) + ('after' in at ? 1 : 0);
}

/** @param skipped entries before those that are compared */
function sortedIndex(names: readonly string[], name: string, skipped: number): number {
  const end = names.length + skipped;
  if (names.some((other, index) => index > 0 && other < (names[index - 1] ?? ''))) return end;
  const next = names.findIndex((other) => other > name);
  return next === -1 ? end : next + skipped;
}
