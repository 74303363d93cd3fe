import type { RepoPath } from '../tree/repo-path.ts';
import { forgetBase } from './base-store.ts';
import type { Change } from './change.ts';
import type { Comparison } from './comparison.ts';
import { contentHash } from './content-hash.ts';
import type { UnitId } from './entry.ts';
import { plainText } from './line-style.ts';
import type { SealedRecord, UnitLock, WholeFileRecord } from './lock-file.ts';
import { noLongerDeclared } from './plan-sealed.ts';
import { presentFile } from './present-file.ts';
import { isNamedItself } from './resolution.ts';

/**
 * Files that a unit had and wants no longer: one that nobody touched goes, any other stays, the user's from now on,
 * unless they name it itself, and not a folder above it, with `--theirs`.
 * An encrypted one always stays, and is said again as long as it does.
 * @param isWanted whether some unit still wants the path
 */
export function planObsolete(
  comparison: Pick<Comparison, 'tree' | 'resolve'>,
  lock: UnitLock,
  isWanted: (path: RepoPath) => boolean,
): Change[] {
  return Object.entries(lock.files).flatMap(([path, record]) =>
    isWanted(path) || record.ownership === 'block' ? [] : planOne(comparison, lock.unit, path, record),
  );
}

function planOne(
  comparison: Pick<Comparison, 'tree' | 'resolve'>,
  unit: UnitId,
  path: RepoPath,
  record: WholeFileRecord | SealedRecord,
): Change[] {
  const { tree } = comparison;
  if (record.ownership === 'sealed')
    return tree.kindOf(path) === undefined
      ? []
      : [{ action: 'kept', path, unit, ownership: 'sealed', reason: noLongerDeclared }];
  return [...planGone(comparison, unit, path, record), ...forgetBase(tree, unit, { path })];
}

function planGone(
  { tree, resolve }: Pick<Comparison, 'tree' | 'resolve'>,
  unit: UnitId,
  path: RepoPath,
  { ownership, sha256 }: WholeFileRecord,
): Change[] {
  if (tree.kindOf(path) !== 'file') return [];
  const present = presentFile(tree, path);
  if (present.kind === 'absent') return [];
  const isText = present.kind === 'text';
  if (isText && isNamedItself(resolve, path))
    return [{ action: 'delete', path, unit, ownership, before: present.text }];
  if (ownership !== 'managed') return [{ action: 'kept', path, unit, ownership, reason: 'yours; no longer generated' }];
  if (!isText || contentHash(plainText(present.text)) !== sha256)
    return [{ action: 'kept', path, unit, ownership, reason: 'edited by hand; no longer generated' }];
  return [{ action: 'delete', path, unit, ownership, before: present.text }];
}
