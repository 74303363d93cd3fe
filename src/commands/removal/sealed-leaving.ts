import { realpath } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Io } from '../../cli/io.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { ExpectedError } from '../../errors.ts';
import { enclosingWorkTree } from '../../git/enclosing-work-tree.ts';
import { fileStates } from '../../git/file-states.ts';
import { isSealedName } from '../../graph/sealed-name.ts';
import type { Plan } from '../../plan/plan.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import { thereWords } from '../folder-words.ts';
import type { OpenRepository } from '../open-repository.ts';

/** Encrypted files that a plan deletes. */
export function sealedLeaving({ changes }: Plan): RepoPath[] {
  return changes.filter(({ action, path }) => action === 'delete' && isSealedName(path)).map(({ path }) => path);
}

/**
 * Refuses to delete values that no commit has: `--yes` accepts no loss.
 *
 * @throws ExpectedError (exit 3) `uncommitted-secrets`
 */
export async function refuseLosingSecrets(
  io: Io,
  { root, shown }: Pick<OpenRepository, 'root' | 'shown'>,
  what: string,
  plan: Plan,
): Promise<void> {
  const leaving = sealedLeaving(plan);
  const top = leaving.length === 0 ? undefined : await enclosingWorkTree(root);
  if (top === undefined) return;
  const below = relative(top, await realpath(root)).replaceAll('\\', '/');
  const stateOf = await fileStates({ cwd: top, env: io.env, signal: io.signal });
  const lost = leaving.filter((path) =>
    ['untracked', 'staged'].includes(stateOf(below === '' ? path : `${below}/${path}`)),
  );
  if (lost.length === 0) return;
  throw new ExpectedError({
    code: 'uncommitted-secrets',
    exitCode: 3,
    message: `cannot remove ${what}: no commit has its encrypted values`,
    why: [...lost.map((path) => `${path} would be deleted, and could not be brought back.`), 'Nothing was written.'],
    hint: `${shellCommand(['git', ...thereWords(shown), 'add', ...lost])} && ${shellCommand(['git', ...thereWords(shown), 'commit'])}`,
  });
}
