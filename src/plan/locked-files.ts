import type { RepoPath } from '../tree/repo-path.ts';
import type { BlockRecord, Locks, WholeFileRecord } from './lock-file.ts';

/** What the locks remember of what was generated, by path: a file that moved from one unit to another is still known. */
export interface LockedFiles {
  file(path: RepoPath): WholeFileRecord | undefined;
  block(path: RepoPath, id: string): BlockRecord | undefined;
}

export function lockedFiles(locks: Locks): LockedFiles {
  const files = new Map<RepoPath, WholeFileRecord>();
  const blocks = new Map<RepoPath, Map<string, BlockRecord>>();
  for (const lock of locks.values()) {
    for (const [path, record] of Object.entries(lock.files)) {
      if (record.ownership === 'sealed') continue;
      if (record.ownership !== 'block') files.set(path, record);
      else blocks.set(path, new Map([...(blocks.get(path) ?? []), ...Object.entries(record.blocks)]));
    }
  }
  return { file: (path) => files.get(path), block: (path, id) => blocks.get(path)?.get(id) };
}
