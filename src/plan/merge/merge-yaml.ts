import { isDeepStrictEqual } from 'node:util';
import { ExpectedError } from '../../errors.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import { editYaml } from '../../yaml/edit-yaml.ts';
import { openYaml, type YamlFile } from '../../yaml/yaml-file.ts';
import type { YamlOperation } from '../../yaml/yaml-operation.ts';
import { inStyleOf, plainText } from '../line-style.ts';
import { type MergedDocuments, mergeDocuments } from './merge-documents.ts';
import type { MergeResult, Side } from './merge-result.ts';
import { mergeText, type TextVersions } from './merge-text.ts';
import type { UserPaths } from './user-paths.ts';

export interface YamlMerge extends TextVersions {
  /** Names the file in findings; `kustomization.yaml` needs no `kind`. */
  path: RepoPath;
  /** What belongs to the user once the file exists: ours wins there wherever it differs from base. */
  userPaths?: UserPaths | undefined;
  /** Theirs is wanted there instead, wherever it has a value; what only ours has stays. */
  takesUsers?: boolean | undefined;
  /** Whose value is taken where both changed the same one; absent: that is a conflict. */
  prefer?: Side | undefined;
}

/**
 * Brings what changed from `base` to `theirs` into `ours`, by splices: whatever else ours has stays byte for byte.
 *
 * Documents are matched by the object they are, maps by key, lists as `list-table.ts` says; anything else is one value.
 * A value that one side changed is taken from that side; one that both changed differently, or one changed and the
 * other removed, is a conflict. Comments of new entries come along; a changed comment on something that stays does not:
 * comments are people's. Without a base every difference is a conflict.
 *
 * YAML that cannot be read or edited safely (invalid, edited through an alias) is merged as text, and a result that
 * says anything else than the values merged is a conflict of the whole file.
 */
export function mergeYaml(merge: YamlMerge): MergeResult {
  const { base, ours, theirs, prefer } = merge;
  const plainBase = base === undefined ? undefined : plainText(base);
  if (plainBase === plainText(ours)) return { text: inStyleOf(ours, plainText(theirs)), conflicts: [] };
  if (plainBase === plainText(theirs) && !merge.takesUsers) return { text: ours, conflicts: [] };
  const own = openYaml(ours, merge.path);
  const documents = explained(() => mergeValues(merge, own));
  if (documents === undefined) return mergeText(merge);
  const { operations, values, conflicts, yielded } = documents;
  const check = (edited: string) => (saysSame(edited, merge.path, values, own) ? edited : undefined);
  const text =
    explained(() => check(editYaml(own, operations))) ??
    explained(() => check(editYaml(own, replacing(documents)))) ??
    check(mergeText({ ...merge, prefer: 'ours' }).text);
  if (text !== undefined) return { text, conflicts, ...(yielded.length > 0 && { yielded }) };
  if (prefer !== undefined)
    return { text: prefer === 'ours' ? ours : inStyleOf(ours, plainText(theirs)), conflicts: [] };
  return { text: ours, conflicts: [{ at: [], base, ours, theirs, isText: true }] };
}

function mergeValues(
  { base, theirs, path, userPaths = [], prefer, takesUsers = false }: YamlMerge,
  ours: YamlFile,
): MergedDocuments | undefined {
  const files = { base: base === undefined ? undefined : openYaml(base), ours, theirs: openYaml(theirs) };
  const kind = /(^|\/)kustomization\.ya?ml$/.test(path) ? 'Kustomization' : '';
  return mergeDocuments(files, { users: userPaths, prefer, takesUsers, kind });
}

/** Whole documents given their new value: less exact about comments, but it writes values where aliases were. */
function replacing({ values, operations }: MergedDocuments): YamlOperation[] {
  if (operations.some(({ op }) => op === 'insert-document' || op === 'remove-document')) return [];
  return values.map((value, document) => ({ op: 'set', path: [], value, document }));
}

/** @param ours documents that are still there as they were need not be read again */
function saysSame(text: string, path: RepoPath, values: readonly unknown[], ours: YamlFile): boolean {
  if (path.endsWith('.json') && !isJson(text)) return false;
  const known = new Map(ours.documents.map((document) => [document.text, document]));
  const says = () => openYaml(text).documents.map((document) => (known.get(document.text) ?? document).value());
  return isDeepStrictEqual(explained(says), values);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

/** Undefined when the YAML is refused. */
function explained<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}
