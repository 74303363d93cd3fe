import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { backName, forwardName } from '../plan/journal.ts';
import { recover } from '../plan/recover.ts';
import { plainStateFolder, stateFolder } from '../plan/state-folder.ts';
import { files } from './plan-lines.ts';

/** Ends what a killed run left half done. @returns what was done about it, in a sentence; undefined for nothing */
export async function endInterruptedRun(root: string): Promise<string | undefined> {
  const { outcome, paths, leftAlone } = await recover(root);
  if (outcome === 'nothing' || outcome === 'discarded') return undefined;
  const left = leftAlone.length === 0 ? '' : `; left as you changed them: ${leftAlone.join(', ')}`;
  return `An interrupted run was ${outcome} first: ${files(paths.length)}${left}.`;
}

/** The same for a command that writes nothing. */
export async function noticeInterruptedRun(root: string): Promise<string | undefined> {
  const journals = [stateFolder(root), plainStateFolder(root)].flatMap(({ staging }) =>
    [forwardName, backName].map((name) => join(staging, name)),
  );
  if (!journals.some((journal) => existsSync(journal))) return undefined;
  return 'A run was interrupted while it wrote. The next command that writes ends it first: what is shown here may change.';
}
