import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { Change } from './change.ts';
import type { UnitEntries, UnitId } from './entry.ts';
import type { Locks } from './lock-file.ts';
import { presentFile } from './present-file.ts';
import { pathInTheWay } from './write-refusals.ts';

/** What a command does to encrypted files; every other one is left exactly as it is. */
export interface Sealing {
  /** Ciphertext to be written, by path. */
  sealed: ReadonlyMap<RepoPath, string>;
  /** Files to be deleted. */
  unsealed: ReadonlySet<RepoPath>;
}

/** The reason of a declared file that is not there: only a command that is told its values can write it. */
export const noFileYet = 'no file yet';

/** The reason of an encrypted file that nothing declares any more: it may hold the only copy of its values. */
export const noLongerDeclared = 'encrypted; no longer declared';

/**
 * Compares one encrypted file that a unit declares.
 * @throws ExpectedError when something other than text stands where ciphertext is to be written
 */
export function planSealed(tree: Tree, unit: UnitId, path: RepoPath, { sealed, unsealed }: Sealing): Change {
  const file = { path, unit, ownership: 'sealed' as const };
  const after = sealed.get(path);
  if (unsealed.has(path)) return deletion(tree, unit, path) ?? { action: 'same', ...file };
  if (after === undefined)
    return tree.kindOf(path) === undefined
      ? { action: 'kept', ...file, reason: noFileYet }
      : { action: 'same', ...file };
  const present = presentFile(tree, path);
  if (present.kind === 'absent') return { action: 'create', ...file, after };
  if (present.kind === 'binary') throw pathInTheWay(path, 'it is not text, so not encrypted with SOPS');
  return present.text === after
    ? { action: 'same', ...file }
    : { action: 'update', ...file, before: present.text, after };
}

/**
 * The rest of what a command wants of encrypted files: those that no unit of the plan declares, such as a person's own.
 * Each is shown as its lock's unit has it, else as the repository's.
 */
export function planOtherSealed(tree: Tree, units: readonly UnitEntries[], locks: Locks, sealing: Sealing): Change[] {
  const declared = new Set(units.flatMap(({ entries }) => entries.map(({ path }) => path)));
  const others = [...sealing.sealed.keys(), ...sealing.unsealed].filter((path) => !declared.has(path));
  const owner = (path: RepoPath) =>
    [...locks.values()].find(({ files }) => Object.hasOwn(files, path))?.unit ?? 'repository';
  return [...new Set(others)].map((path) => planSealed(tree, owner(path), path, sealing));
}

function deletion(tree: Tree, unit: UnitId, path: RepoPath): Change | undefined {
  const present = presentFile(tree, path);
  if (present.kind === 'absent') return undefined;
  if (present.kind === 'binary') throw pathInTheWay(path, 'it is not text, so not encrypted with SOPS');
  return { action: 'delete', path, unit, ownership: 'sealed', before: present.text };
}
