import { forgetBase, rememberBase } from './base-store.ts';
import type { Change } from './change.ts';
import type { Comparison } from './comparison.ts';
import { conflictChanges, contestedValue } from './conflict-changes.ts';
import { contentHash } from './content-hash.ts';
import type { FileEntry, UnitId } from './entry.ts';
import { inStyleOf, plainText } from './line-style.ts';
import type { WholeFileRecord } from './lock-file.ts';
import type { MergeConflict } from './merge/merge-result.ts';
import { mergeText } from './merge/merge-text.ts';
import { mergeYaml } from './merge/merge-yaml.ts';
import { presentFile } from './present-file.ts';
import { isAskedFor, preferredSide, takesUsersValues } from './resolution.ts';
import { threeWay } from './three-way.ts';

/** What one entry leads to, and what the lock is to remember of it. */
export interface FileOutcome {
  changes: Change[];
  record: WholeFileRecord;
}

interface FileCase extends Comparison {
  unit: UnitId;
  entry: FileEntry;
  /** What the lock remembers, when it does. */
  record: WholeFileRecord | undefined;
}

/** Compares a whole file with the disk, by the rules of its ownership. */
export function planFile(
  comparison: Comparison,
  unit: UnitId,
  entry: FileEntry,
  record: WholeFileRecord | undefined,
): FileOutcome {
  const file: FileCase = { ...comparison, unit, entry, record };
  const { tree } = comparison;
  if (entry.ownership !== 'managed' && tree.kindOf(entry.path) === 'link')
    return leave(file, 'a symbolic link of yours');
  const present = presentFile(tree, entry.path);
  if (present.kind === 'absent') return planAbsent(file);
  if (present.kind === 'text' && plainText(present.text) === entry.contents)
    return stand(file, 'same', generated(entry), file.record ? undefined : 'already as wanted (adopted)');
  if (entry.ownership === 'seed') return leave(file, 'yours since it was created');
  if (entry.ownership === 'external') return leave(file, 'belongs to another program');
  return present.kind === 'text' ? planText(file, present.text) : planBinary(file, present.shown);
}

function planAbsent(file: FileCase): FileOutcome {
  const { tree, unit, entry, record, resolve } = file;
  const { path, ownership, contents, executable } = entry;
  if (record !== undefined && ownership !== 'external' && !isAskedFor(resolve, path)) {
    return stand(file, 'kept', { ...record, ownership, kept: true }, 'deleted by hand');
  }
  const mode = executable === undefined ? {} : { executable };
  const create: Change = { action: 'create', path, unit, ownership, after: contents, ...mode };
  return { changes: [create, ...forgetBase(tree, unit, { path })], record: generated(entry) };
}

function planText(file: FileCase, text: string): FileOutcome {
  const { entry, record } = file;
  const verdict = threeWay(plainText(text), record?.sha256, entry.contents);
  if (verdict === 'keep' && !takesUsers(file)) return edited(file, text, text);
  if (verdict === 'follow') return edited(file, text, inStyleOf(text, entry.contents));
  return planMerge(file, text);
}

function takesUsers({ entry: { path, userPaths = [] }, resolve }: FileCase): boolean {
  return userPaths.length > 0 && takesUsersValues(resolve, path);
}

function planMerge(file: FileCase, ours: string): FileOutcome {
  const { unit, entry, record, bases, resolve } = file;
  const { path, contents: theirs, ownership, userPaths } = entry;
  const isUnchanged = record?.sha256 === contentHash(theirs);
  const base = isUnchanged ? theirs : record && bases.find({ path, sha256: record.sha256, textIn: plainText });
  const versions = { base, ours, theirs, prefer: preferredSide(resolve, path) };
  const isYaml = /\.(ya?ml|json)$/.test(path);
  const yaml = { ...versions, path, userPaths, takesUsers: takesUsers(file) };
  const { text, conflicts, yielded } = isYaml ? mergeYaml(yaml) : mergeText(versions);
  if (conflicts.length === 0) return edited(file, ours, text, yielded);
  return { changes: conflictChanges({ path, unit, ownership }, conflicts), record: record ?? generated(entry) };
}

/** The file as it is to be. Unless it is just what we generate, the base store is to know that. */
function edited(file: FileCase, before: string, after: string, yielded: readonly MergeConflict[] = []): FileOutcome {
  const { tree, unit, entry, record, resolve } = file;
  const { path, ownership, contents } = entry;
  const isOurs = plainText(after) === contents;
  const bookkeeping = isOurs ? forgetBase(tree, unit, { path }) : [rememberBase(tree, unit, { path }, contents)];
  const yours = yielded.length === 0 ? {} : { yours: yielded.map(contestedValue) };
  if (before !== after) {
    const update: Change = { action: 'update', path, unit, ownership, before, after, ...yours };
    return { changes: [update, ...bookkeeping], record: generated(entry) };
  }
  const kept =
    record || preferredSide(resolve, path)
      ? stand(file, 'kept', generated(entry), 'edited by hand')
      : stand(file, 'same', generated(entry), 'already as wanted (adopted)');
  return { ...kept, changes: [...kept.changes.map((change) => ({ ...change, ...yours })), ...bookkeeping] };
}

/** Bytes that are no text can only be left alone. */
function planBinary(file: FileCase, shown: string): FileOutcome {
  const { tree, unit, entry, record, resolve } = file;
  const { path, ownership, contents } = entry;
  if (record?.sha256 === contentHash(contents) || preferredSide(resolve, path) === 'ours') {
    const kept = stand(file, 'kept', generated(entry), 'edited by hand');
    return { ...kept, changes: [...kept.changes, rememberBase(tree, unit, { path }, contents)] };
  }
  const conflict = { at: [], base: undefined, ours: shown, theirs: contents, isText: true as const };
  return { changes: conflictChanges({ path, unit, ownership }, [conflict]), record: record ?? generated(entry) };
}

function leave(file: FileCase, reason: string): FileOutcome {
  const { kept: _, ...record } = file.record ?? generated(file.entry);
  return stand(file, 'kept', { ...record, ownership: file.entry.ownership }, reason);
}

function stand(file: FileCase, action: 'same' | 'kept', record: WholeFileRecord, reason?: string): FileOutcome {
  const { path, ownership } = file.entry;
  const why = reason === undefined ? {} : { reason };
  return { changes: [{ action, path, unit: file.unit, ownership, ...why }], record };
}

function generated({ ownership, contents, executable }: FileEntry): WholeFileRecord {
  const mode = executable === undefined ? {} : { executable };
  return { ownership, sha256: contentHash(contents), ...mode };
}
