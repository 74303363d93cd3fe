import type { RepoPath } from '../tree/repo-path.ts';
import type { Ownership, UnitId } from './entry.ts';

/** Version of everything below `.flux-repo/`; raised only when an older program could not read it. */
export const formatVersion = 1;

/** `.flux-repo/lock.json`. */
export interface RepositoryLock {
  formatVersion: typeof formatVersion;
  /** The version of create-flux-repo that last changed the repository. */
  toolVersion: string;
}

/** `.flux-repo/lock/<unit>.json`: what was generated last for one unit. */
export interface UnitLock {
  unit: UnitId;
  /** The version that generated these files; with `part` it can generate them again. */
  toolVersion: string;
  /** The unit's part of the model as last applied. */
  part: unknown;
  files: Record<RepoPath, FileRecord>;
}

export type FileRecord = WholeFileRecord | BlocksRecord | SealedRecord;

export interface WholeFileRecord {
  ownership: Ownership;
  /** Hash of the bytes as generated (LF, no byte order mark), never of a hand edit. */
  sha256: string;
  executable?: true;
  /** Deleted by hand: it stays deleted. */
  kept?: true;
}

/** An encrypted file. Every encryption of the same values has other bytes, so there is no hash to compare with. */
export interface SealedRecord {
  ownership: 'sealed';
}

/** Our marked regions in a shared file, by id. */
export interface BlocksRecord {
  ownership: 'block';
  blocks: Record<string, BlockRecord>;
}

export interface BlockRecord {
  /** Hash of the region's contents as generated, without the markers. */
  sha256: string;
  kept?: true;
}

export type Locks = ReadonlyMap<UnitId, UnitLock>;

export const repositoryLockPath: RepoPath = '.flux-repo/lock.json';

export function unitLockPath(unit: UnitId): RepoPath {
  return `.flux-repo/lock/${unit}.json`;
}
