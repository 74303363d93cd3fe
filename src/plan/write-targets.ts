import { join } from 'node:path';
import { kindFrom } from '../tree/disk-tree.ts';
import { faultOf, foldersAbove, type RepoPath } from '../tree/repo-path.ts';
import { contentHash } from './content-hash.ts';
import type { FileDoor } from './file-door.ts';
import type { WriteChange } from './plan.ts';
import { changedSincePlan, wrongKind } from './write-refusals.ts';

/** Where the planned writes go. */
export interface WriteTargets {
  /** Folders that do not exist yet, outermost first. */
  newFolders: RepoPath[];
  /** Permission bits of the files that exist, by path: an update keeps them. */
  modes: Map<RepoPath, number>;
}

/**
 * Looks whether every write meets what the plan saw: the same bytes, nothing where nothing was, no link on the way.
 * @throws ExpectedError (exit code 1) otherwise
 */
export function inspectTargets(root: string, writes: readonly WriteChange[], door: FileDoor): WriteTargets {
  const folders = new Map<RepoPath, 'there' | 'new'>();
  const modes = new Map<RepoPath, number>();
  const changed: RepoPath[] = [];
  for (const change of writes) {
    const { path } = change;
    const fault = faultOf(path);
    if (fault !== undefined) throw new Error(`cannot write ${JSON.stringify(path)}: ${fault}`);
    for (const folder of foldersAbove(path)) if (!folders.has(folder)) folders.set(folder, stateOf(folder, path));
    const stats = door.look(join(root, path));
    if (stats !== undefined && !stats.isFile()) throw wrongKind(path, path, kindFrom(stats), 'file');
    const before = change.action === 'create' ? undefined : contentHash(change.before);
    const present = stats && contentHash(door.read(join(root, path)));
    if (present !== before) changed.push(path);
    if (stats !== undefined) modes.set(path, stats.mode & 0o777);
  }
  if (changed.length > 0) throw changedSincePlan(changed);
  return { newFolders: [...folders].filter(([, state]) => state === 'new').map(([folder]) => folder), modes };

  function stateOf(folder: RepoPath, path: RepoPath): 'there' | 'new' {
    const stats = door.look(join(root, folder));
    if (stats === undefined) return 'new';
    if (!stats.isDirectory()) throw wrongKind(path, folder, kindFrom(stats), 'folder');
    return 'there';
  }
}
