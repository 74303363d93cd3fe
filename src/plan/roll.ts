import { join } from 'node:path';
import { foldersAbove, parentOf, type RepoPath } from '../tree/repo-path.ts';
import { isSystemError } from '../tree/system-error.ts';
import { contentHash } from './content-hash.ts';
import type { FileDoor } from './file-door.ts';
import type { Journal, JournalFile } from './journal.ts';

/** What became of the files of a journal. */
export interface Rolled {
  /** They are as they should be. */
  done: RepoPath[];
  /** Somebody wrote them meanwhile: they are left as they are. */
  leftAlone: RepoPath[];
}

/** A journal with the place of its staged files. */
export interface Roll {
  root: string;
  staging: string;
  journal: Journal;
  door: FileDoor;
}

type Direction = { from: 'before'; to: 'after' } | { from: 'after'; to: 'before' };

/** Moves every file to its new state, where it is still in the old one. Doing it again does nothing. */
export function rollForward(roll: Roll): Rolled {
  const rolled = rollEach(roll, [...roll.journal.files.entries()], { from: 'before', to: 'after' });
  for (const file of roll.journal.files) if (file.after === null) removeEmptied(roll, parentOf(file.path));
  return rolled;
}

/** Moves every file back to its old state, where it is in the new one, and takes away the folders made for it. */
export function rollBack(roll: Roll): Rolled {
  const rolled = rollEach(roll, [...roll.journal.files.entries()].reverse(), { from: 'after', to: 'before' });
  for (const folder of [...roll.journal.newFolders].reverse()) removeIfEmpty(roll, folder);
  return rolled;
}

function rollEach(roll: Roll, files: [number, JournalFile][], direction: Direction): Rolled {
  const rolled: Rolled = { done: [], leftAlone: [] };
  const folders = new Set<RepoPath>();
  for (const [index, file] of files) {
    const staged = join(roll.staging, direction.to === 'after' ? `${index}` : `${index}.old`);
    const isDone = rollOne(roll, file.path, { from: file[direction.from], to: file[direction.to], staged }, folders);
    (isDone ? rolled.done : rolled.leftAlone).push(file.path);
  }
  return rolled;
}

interface Move {
  /** Hash, or null for no file. */
  from: string | null;
  to: string | null;
  staged: string;
}

/** @param folders those known to be there, as folders */
function rollOne(roll: Roll, path: RepoPath, { from, to, staged }: Move, folders: Set<RepoPath>): boolean {
  const { door } = roll;
  const target = join(roll.root, path);
  const missing = missingFolders(roll, path, folders);
  if (missing === undefined) return false;
  const present = missing.length > 0 ? null : hashAt(door, target);
  if (present === to) return true;
  if (present !== from) return false;
  if (to === null) {
    door.removeFile(target);
    return true;
  }
  if (door.look(staged) === undefined) return false;
  for (const folder of missing) {
    door.makeFolder(join(roll.root, folder), 0o777);
    folders.add(folder);
  }
  door.move(staged, target);
  return true;
}

/** Folders above the path that are not there; undefined when something else stands in the place of one. */
function missingFolders(roll: Roll, path: RepoPath, folders: Set<RepoPath>): RepoPath[] | undefined {
  const missing: RepoPath[] = [];
  for (const folder of foldersAbove(path)) {
    if (folders.has(folder)) continue;
    const stats = roll.door.look(join(roll.root, folder));
    if (stats === undefined) missing.push(folder);
    else if (stats.isDirectory()) folders.add(folder);
    else return undefined;
  }
  return missing;
}

function hashAt(door: FileDoor, path: string): string | null {
  const stats = door.look(path);
  if (stats === undefined) return null;
  return stats.isFile() ? contentHash(door.read(path)) : 'not a file';
}

function removeEmptied(roll: Roll, folder: RepoPath): void {
  if (folder !== '' && removeIfEmpty(roll, folder)) removeEmptied(roll, parentOf(folder));
}

/**
 * A folder that stays, because it is not empty or not ours to remove, harms nobody. One that a killed run has taken away
 * already may have left an empty one above it.
 */
function removeIfEmpty(roll: Roll, folder: RepoPath): boolean {
  try {
    roll.door.removeFolder(join(roll.root, folder));
    return true;
  } catch (error) {
    if (isSystemError(error)) return error.code === 'ENOENT';
    throw error;
  }
}
