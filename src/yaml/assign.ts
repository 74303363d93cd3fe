import { isDeepStrictEqual } from 'node:util';
import { type Draft, type ListContent, type MapContent, newDraft, openDraft } from './draft.ts';
import { type DraftDocument, draftValue, mergedKeys } from './draft-value.ts';
import { refuseAt } from './find-child.ts';
import { insertEntry } from './insert-child.ts';
import { pairItems } from './pair-items.ts';
import { isPlainMap } from './value-kinds.ts';

/**
 * Makes a draft stand for a value. What is equal stays as it is written; maps change key by key, lists item by item,
 * so that comments stay with what they are about.
 */
export function assign(document: DraftDocument, draft: Draft, value: unknown): void {
  if (isDeepStrictEqual(draftValue(document, draft), value)) return;
  const opened = openDraft(draft);
  if (opened?.kind === 'map' && isPlainMap(value)) assignMap(document, draft, opened, value);
  else if (opened?.kind === 'list' && Array.isArray(value)) assignList(document, opened, value);
  else draft.content = { kind: 'new', value };
}

function assignMap(document: DraftDocument, draft: Draft, map: MapContent, value: Record<string, unknown>): void {
  const merged = mergedKeys(document, draft);
  const wanted = new Set(Object.keys(value));
  for (const child of map.children) {
    if (child.key === undefined)
      throw refuseAt(document, draft, 'yaml-layout', 'a key that is no scalar cannot be compared');
    if (!child.merge && !wanted.has(child.key) && merged.has(child.key)) throw fromMerge(document, draft, child.key);
  }
  for (const key of merged.keys()) if (!wanted.has(key)) throw fromMerge(document, draft, key);
  map.children = map.children.filter(({ key, merge }) => merge || wanted.has(key ?? ''));
  let previous: string | undefined;
  for (const [key, part] of Object.entries(value)) {
    const child = map.children.find((entry) => entry.key === key && !entry.merge);
    if (child !== undefined) assign(document, child.draft, part);
    else if (!merged.has(key))
      insertEntry(document, draft, map, key, part, previous === undefined ? 'start' : { after: previous });
    else if (!isDeepStrictEqual(merged.get(key), part)) throw fromMerge(document, draft, key);
    if (child !== undefined || !merged.has(key)) previous = key;
  }
}

function fromMerge(document: DraftDocument, draft: Draft, key: string): Error {
  return refuseAt(document, draft, 'yaml-merge-key', `${key} comes from another map by the merge key <<`);
}

function assignList(document: DraftDocument, list: ListContent, value: readonly unknown[]): void {
  const old = list.children.map((child) => draftValue(document, child.draft));
  list.children = pairItems(old, value).flatMap(({ from, to }) => {
    if (to === undefined) return [];
    const child = from === undefined ? undefined : list.children[from];
    if (child === undefined) return [{ draft: newDraft(value[to]) }];
    assign(document, child.draft, value[to]);
    return [child];
  });
}
