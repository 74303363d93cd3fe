import { isAlias } from 'yaml';
import { type Child, type Draft, type MapContent, openDraft } from './draft.ts';
import { type DraftDocument, draftValue, mergedKeys } from './draft-value.ts';
import { isPlainMap } from './value-kinds.ts';
import { addressText, type YamlAddress } from './yaml-path.ts';
import { refuseYaml, type YamlRefusal } from './yaml-refusal.ts';

export type Step = YamlAddress[number];

/**
 * The child of a draft that one step of an address leads to; undefined when it is not there.
 * @throws ExpectedError when the step cannot be gone: into an alias or a scalar, by key into a list, and so on
 */
export function findChild(document: DraftDocument, draft: Draft, step: Step): Child | undefined {
  refuseAlias(document, draft, stepName(step));
  const opened = openDraft(draft);
  if (opened?.kind === 'map' && typeof step === 'string') return findKey(document, draft, opened, step);
  if (opened?.kind === 'list' && typeof step === 'number') return opened.children[step];
  if (opened?.kind === 'list' && typeof step === 'object')
    return opened.children.find((child) => matches(draftValue(document, child.draft), step));
  const found = opened?.kind === undefined ? 'no map and no list' : `a ${opened.kind}`;
  throw refuseAt(document, draft, 'yaml-path', `${stepName(step)} is looked for, but ${found} is here`);
}

/** @param what would be changed elsewhere too, if the alias were followed */
export function refuseAlias(document: DraftDocument, draft: Draft, what: string): void {
  if (draft.content.kind === 'kept' && isAlias(draft.node))
    throw refuseAt(document, draft, 'yaml-alias', `${what} is reached through the alias *${draft.node.source}`);
}

function findKey(document: DraftDocument, draft: Draft, map: MapContent, key: string): Child | undefined {
  const child = map.children.find((entry) => entry.key === key);
  if (child?.merge) throw refuseAt(document, draft, 'yaml-merge-key', 'the merge key << is not edited');
  if (child === undefined && mergedKeys(document, draft).has(key))
    throw refuseAt(document, draft, 'yaml-merge-key', `${key} comes from another map by the merge key <<`);
  return child;
}

function matches(value: unknown, match: Readonly<Record<string, unknown>>): boolean {
  return isPlainMap(value) && Object.entries(match).every(([key, wanted]) => value[key] === wanted);
}

function stepName(step: Step): string {
  return addressText([step]).replace(/^\./, '');
}

/** A refusal at the place of a draft; for one that is not in the file, at the beginning of the document. */
export function refuseAt(document: DraftDocument, draft: Draft, code: YamlRefusal, message: string): Error {
  const place = document.source?.placeOf(draft.node?.range[0] ?? 0) ?? { line: 1, column: 1 };
  return refuseYaml(code, message, place);
}
