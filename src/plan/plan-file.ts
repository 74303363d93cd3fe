import type { Tree } from '../tree/tree.ts';
import { basePath, readBase } from './base-store.ts';
import type { Change } from './change.ts';
import { contentHash } from './content-hash.ts';
import type { FileEntry, UnitId } from './entry.ts';
import { inStyleOf, plainText } from './line-style.ts';
import type { FileRecord, WholeFileRecord } from './lock-file.ts';
import { bookkeepingChange, type PresentFile, presentFile } from './present-file.ts';
import { threeWay } from './three-way.ts';

/** What one entry leads to, and what the lock is to remember of it. */
export interface FileOutcome {
  changes: Change[];
  record: WholeFileRecord;
}

interface FileCase {
  tree: Tree;
  unit: UnitId;
  entry: FileEntry;
  /** What the lock remembers, when it does. */
  record: WholeFileRecord | undefined;
}

/** Compares a whole file with the disk, by the rules of its ownership. */
export function planFile(tree: Tree, unit: UnitId, entry: FileEntry, record: FileRecord | undefined): FileOutcome {
  const file: FileCase = { tree, unit, entry, record: record?.ownership === 'block' ? undefined : record };
  if (entry.ownership !== 'managed' && tree.kindOf(entry.path) === 'link')
    return leave(file, 'a symbolic link of yours');
  const present = presentFile(tree, entry.path);
  if (present.kind === 'absent') return planAbsent(file);
  if (present.kind === 'text' && plainText(present.text) === entry.contents)
    return stand(file, 'same', generated(entry));
  if (entry.ownership === 'seed') return leave(file, 'yours since it was created');
  if (entry.ownership === 'external') return leave(file, 'belongs to another program');
  return planDifferent(file, present);
}

function planAbsent(file: FileCase): FileOutcome {
  const { unit, entry, record } = file;
  const { path, ownership, contents, executable } = entry;
  if (record !== undefined && ownership !== 'external') {
    return stand(file, 'kept', { ...record, ownership, kept: true }, 'deleted by hand');
  }
  const mode = executable === undefined ? {} : { executable };
  return { changes: [{ action: 'create', path, unit, ownership, after: contents, ...mode }], record: generated(entry) };
}

function planDifferent(file: FileCase, present: PresentFile): FileOutcome {
  const { tree, unit, entry, record } = file;
  const { path, ownership, contents } = entry;
  const text = present.kind === 'text' ? present.text : undefined;
  const verdict = threeWay(text && plainText(text), record?.sha256, contents);
  if (verdict === 'keep') {
    const kept = stand(file, 'kept', generated(entry), 'edited by hand');
    return { ...kept, changes: [...kept.changes, rememberBase(file)] };
  }
  if (verdict === 'follow' && text !== undefined) {
    const after = inStyleOf(text, contents);
    const update: Change = { action: 'update', path, unit, ownership, before: text, after };
    return { changes: [update, ...forgetBase(file)], record: generated(entry) };
  }
  const base = record && readBase(tree, path, record.sha256);
  const ours = present.kind === 'binary' ? present.shown : (text ?? '');
  const conflict: Change = { action: 'conflict', path, unit, ownership, at: [], base, ours, theirs: contents };
  return { changes: [conflict], record: record ?? generated(entry) };
}

/** A file edited by hand no longer tells what was generated: from now on the base store does. */
function rememberBase({ tree, unit, entry }: FileCase): Change {
  return bookkeepingChange(tree, { path: basePath(entry.path), unit, ownership: 'lock' }, entry.contents);
}

/** An untouched file is its own base. */
function forgetBase({ tree, unit, entry }: FileCase): Change[] {
  const path = basePath(entry.path);
  const stored = presentFile(tree, path);
  return stored.kind === 'text' ? [{ action: 'delete', path, unit, ownership: 'lock', before: stored.text }] : [];
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
