import { shellCommand } from '../cli/shell-quote.ts';
import { ExpectedError } from '../errors.ts';
import { plainText } from '../plan/line-style.ts';
import { isWrite, type Plan } from '../plan/plan.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { ConflictedRepository } from './conflicted-repository.ts';
import { holdsMarkers } from './refuse-unmerged.ts';

/**
 * An unmerged file without git's markers, that is none of the versions either, is what a person made of them: that is
 * not to be written over.
 * @throws ExpectedError (exit 3) naming those of which something else would come
 */
export function refuseDecided(repository: ConflictedRepository, { changes }: Plan): void {
  const touched = new Set(
    changes.filter((change) => isWrite(change) || change.action === 'conflict').map(({ path }) => path),
  );
  const decided = [...repository.unmerged.keys()].filter((path) => touched.has(path) && isDecided(repository, path));
  if (decided.length === 0) return;
  throw new ExpectedError({
    code: 'edited-by-hand',
    exitCode: 3,
    message: 'files in conflict were edited since git stopped; nothing was written',
    why: decided,
    hint: `${shellCommand(['git', 'add', ...decided])} to keep them so, or ${shellCommand(['git', 'checkout', '--merge', '--', ...decided])} to begin again; then run this again`,
  });
}

function isDecided({ disk, branches }: ConflictedRepository, path: RepoPath): boolean {
  if (path.startsWith('.flux-repo/')) return false;
  const text = disk.read(path);
  if (typeof text !== 'string' || holdsMarkers(text)) return false;
  return Object.values(branches).every(({ tree }) => {
    const version = tree.read(path);
    return typeof version !== 'string' || plainText(version) !== plainText(text);
  });
}
