import { join } from 'node:path';
import * as v from 'valibot';
import { ExpectedError } from '../errors.ts';
import { faultOf } from '../tree/repo-path.ts';
import { contentHash } from './content-hash.ts';
import type { FileDoor } from './file-door.ts';
import type { WriteChange } from './plan.ts';
import { shownStatePath } from './state-folder.ts';
import type { WriteTargets } from './write-targets.ts';

const repoPath = v.pipe(
  v.string(),
  v.check((path) => faultOf(path) === undefined, 'is not a path inside the repository'),
);
const journal = v.strictObject({
  formatVersion: v.literal(1),
  newFolders: v.array(repoPath),
  files: v.array(v.strictObject({ path: repoPath, before: v.nullable(v.string()), after: v.nullable(v.string()) })),
});

/**
 * What a run is about to do, complete before the first file is moved. `before` and `after` are SHA-256 of a file's
 * bytes, null for no file; the n-th file's new bytes are staged as `<n>`, its old ones as `<n>.old`.
 */
export type Journal = v.InferOutput<typeof journal>;
export type JournalFile = Journal['files'][number];

/** Under this name the journal says: go forward. */
export const forwardName = 'journal.json';
/** Under this one: go back. Renaming decides. */
export const backName = 'rollback.json';

export function journalOf(writes: readonly WriteChange[], targets: WriteTargets): Journal {
  const files = writes.map((change) => ({
    path: change.path,
    before: change.action === 'create' ? null : contentHash(change.before),
    after: change.action === 'delete' ? null : contentHash(change.after),
  }));
  return { formatVersion: 1, newFolders: targets.newFolders, files };
}

/**
 * @param name `forwardName` or `backName`
 * @throws ExpectedError (exit code 1) when it is not what we write
 */
export function readJournal(root: string, staging: string, name: string, door: FileDoor): Journal {
  const path = join(staging, name);
  try {
    return v.parse(journal, JSON.parse(Buffer.from(door.read(path)).toString('utf8')));
  } catch (cause) {
    if (!(cause instanceof SyntaxError || v.isValiError(cause))) throw cause;
    throw new ExpectedError({
      code: 'damaged-journal',
      exitCode: 1,
      message: 'an interrupted run left a journal that cannot be read',
      why: [`${shownStatePath(root, path)}: ${cause.message}`],
      hint: `Look at git status, then delete ${shownStatePath(root, staging)} and run the same command again.`,
      cause,
    });
  }
}
