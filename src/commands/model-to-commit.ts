import { isDeepStrictEqual } from 'node:util';
import { ExpectedError } from '../errors.ts';
import type { InsteadOfDisk } from '../git/commit-paths.ts';
import { readVersions } from '../git/read-versions.ts';
import type { GitCall } from '../git/run-git.ts';
import { editModel } from '../model/edit-model.ts';
import { readModel } from '../model/read-model.ts';
import { isWrite } from '../plan/plan.ts';
import type { Contents } from '../tree/tree.ts';
import type { Proposal } from './proposal.ts';
import { modelPath } from './target-folder.ts';

/**
 * The model with a command's own edits alone, where the file has others that nobody applied yet: the committed text
 * with those edits, which says exactly what the committed files follow. What is staged gets them too.
 * @returns `committed` where HEAD has them already; undefined where the file is committed as it is: nothing else stands
 *   in it, or it cannot be told apart (what HEAD has cannot take the edits, or does not say then what was applied)
 */
export async function modelToCommit(
  proposal: Proposal,
  call: GitCall,
): Promise<InsteadOfDisk | 'committed' | undefined> {
  const { own, plan, repository } = proposal;
  if (own === undefined) return undefined;
  const { committed: before, staged } = await readVersions(modelPath, call);
  const committed = edited(before, own);
  if (committed === undefined || !isDeepStrictEqual(committed.model, own.follows)) return undefined;
  if (committed.text === before) return 'committed';
  const change = plan.changes.find(({ path }) => path === modelPath);
  const after = change !== undefined && isWrite(change) && change.action !== 'delete' ? change.after : repository.text;
  if (after.replaceAll('\r\n', '\n') === committed.text) return undefined;
  const isStaged = staged !== before;
  return {
    path: modelPath,
    committed: committed.text,
    staged: (isStaged ? edited(staged, own)?.text : undefined) ?? committed.text,
  };
}

/** Undefined where it cannot be done safely. */
function edited(text: Contents | undefined, { edits }: NonNullable<Proposal['own']>) {
  if (typeof text !== 'string') return undefined;
  try {
    return editModel({ text, file: modelPath }, edits(readModel({ text, file: modelPath })));
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}
