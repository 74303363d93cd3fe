import { isDeepStrictEqual } from 'node:util';
import { assign } from './assign.ts';
import { type Draft, isNull, type ListContent, openDraft, writeAs } from './draft.ts';
import { type DraftDocument, draftValue, mergedKeys } from './draft-value.ts';
import { findChild, refuseAlias, refuseAt, type Step } from './find-child.ts';
import { insertEntry, insertItem } from './insert-child.ts';
import { isPlainMap, jsonCopy } from './value-kinds.ts';
import type { YamlChange, YamlPosition } from './yaml-operation.ts';
import type { YamlAddress } from './yaml-path.ts';

/** Carries out one change on the drafts of a document. @throws ExpectedError when it cannot be done safely */
export function applyChange(document: DraftDocument, change: YamlChange): void {
  if (change.op === 'remove') removeAt(document, change.path);
  else if (change.op === 'rename') renameAt(document, change.path, change.key);
  else make(document, change);
}

function make(document: DraftDocument, change: Exclude<YamlChange, { op: 'remove' | 'rename' }>): void {
  const { path } = change;
  const at = change.at ?? 'end';
  if (change.op === 'set') {
    const draft = reach(document, path, change.value, at);
    assign(document, draft, jsonCopy(change.value));
    writeAs(draft, change.lines);
    return;
  }
  if (change.op === 'ensure-map') {
    const draft = reach(document, path, {}, at);
    fillEmpty(draft, {});
    if (!isPlainMap(draftValue(document, draft))) throw refuseAt(document, draft, 'yaml-path', 'no map is here');
    return;
  }
  const draft = reach(document, path, [], 'end');
  const list = listAt(document, draft);
  const value = jsonCopy(change.value);
  const isThere = () => list.children.some((child) => isDeepStrictEqual(draftValue(document, child.draft), value));
  if (change.op === 'ensure-item' && isThere()) return;
  const item = insertItem(document, draft, list, value, at);
  if (change.op === 'insert-item') writeAs(item.draft, change.lines);
}

/** The draft at a path. What is missing is made: maps on the way, `value` at the end, at the given position. */
function reach(document: DraftDocument, path: YamlAddress, value: unknown, at: YamlPosition): Draft {
  let draft = document.root;
  for (const [index, step] of path.entries()) {
    if (typeof step === 'string') fillEmpty(draft, {});
    const child = findChild(document, draft, step);
    const isLast = index === path.length - 1;
    draft = child?.draft ?? create(document, draft, step, isLast ? value : {}, isLast ? at : 'end');
  }
  return draft;
}

function create(document: DraftDocument, draft: Draft, step: Step, value: unknown, at: YamlPosition): Draft {
  const opened = openDraft(draft);
  if (opened?.kind !== 'map' || typeof step !== 'string')
    throw refuseAt(document, draft, 'yaml-path', `the list has no item ${JSON.stringify(step)}`);
  return insertEntry(document, draft, opened, step, jsonCopy(value), at).draft;
}

function listAt(document: DraftDocument, draft: Draft): ListContent {
  fillEmpty(draft, []);
  refuseAlias(document, draft, 'the list');
  const opened = openDraft(draft);
  if (opened?.kind !== 'list') throw refuseAt(document, draft, 'yaml-path', 'no list is here');
  return opened;
}

/** A key without value, or with null, may become anything. */
function fillEmpty(draft: Draft, value: unknown): void {
  if (isNull(draft)) draft.content = { kind: 'new', value };
}

/** What a path's last step begins at; undefined when something on the way is missing. */
function parentOf(document: DraftDocument, path: YamlAddress): Draft | undefined {
  let draft = document.root;
  for (const step of path.slice(0, -1)) {
    if (isNull(draft)) return undefined;
    const child = findChild(document, draft, step);
    if (child === undefined) return undefined;
    draft = child.draft;
  }
  return isNull(draft) ? undefined : draft;
}

function removeAt(document: DraftDocument, path: YamlAddress): void {
  const step = path.at(-1);
  const parent = parentOf(document, path);
  if (step === undefined) throw new Error('a document is removed by remove-document');
  if (parent === undefined) return;
  const child = findChild(document, parent, step);
  const opened = openDraft(parent);
  if (child === undefined || opened === undefined) return;
  if (typeof step === 'string') refuseUncovering(document, parent, step);
  opened.children.splice(opened.children.indexOf(child), 1);
}

function renameAt(document: DraftDocument, path: YamlAddress, key: string): void {
  const step = path.at(-1);
  const parent = parentOf(document, path);
  const child = step === undefined || parent === undefined ? undefined : findChild(document, parent, step);
  if (parent === undefined || typeof step !== 'string' || child === undefined)
    throw refuseAt(document, parent ?? document.root, 'yaml-path', `there is no key ${JSON.stringify(step)} to rename`);
  if (child.key === key) return;
  if (findChild(document, parent, key) !== undefined)
    throw refuseAt(document, parent, 'yaml-path', `the key ${key} is taken`);
  refuseUncovering(document, parent, step);
  child.key = key;
  child.renamed = true;
}

function refuseUncovering(document: DraftDocument, parent: Draft, key: string): void {
  if (mergedKeys(document, parent).has(key))
    throw refuseAt(document, parent, 'yaml-merge-key', `${key} would come back by the merge key <<`);
}
