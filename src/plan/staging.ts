import { basename, dirname, join } from 'node:path';
import { kindFrom } from '../tree/disk-tree.ts';
import type { FileDoor } from './file-door.ts';
import { backName, forwardName, type Journal } from './journal.ts';
import type { WriteChange } from './plan.ts';
import { stableJson } from './stable-json.ts';
import { shownStatePath } from './state-folder.ts';
import { wrongKind } from './write-refusals.ts';
import type { WriteTargets } from './write-targets.ts';

/** Makes one of our own folders; its parent exists. A link in its place is refused like everywhere else. */
export function ensureStateFolder(root: string, folder: string, door: FileDoor, mode = 0o777): void {
  const stats = door.look(folder);
  if (stats?.isDirectory()) return;
  const shown = shownStatePath(root, folder);
  if (stats !== undefined) throw wrongKind(shown, shown, kindFrom(stats), 'folder');
  door.makeFolder(folder, mode);
}

/**
 * Writes all new bytes, and all old ones that will be replaced, beside each other; complete on the disk afterwards,
 * as is the journal under a name that does not count yet.
 */
export async function stage(
  root: string,
  staging: string,
  planned: { writes: readonly WriteChange[]; targets: WriteTargets; journal: Journal },
  door: FileDoor,
): Promise<void> {
  ensureStateFolder(root, dirname(staging), door);
  ensureStateFolder(root, staging, door, 0o700);
  const staged: { path: string; mode: number | undefined }[] = [];
  planned.writes.forEach((change, index) => {
    const mode = planned.targets.modes.get(change.path);
    const add = (name: string, contents: string, isExecutable: boolean) => {
      const path = join(staging, name);
      door.writeNew(path, contents, isExecutable ? 0o755 : 0o644);
      staged.push({ path, mode });
    };
    if (change.action !== 'delete')
      add(`${index}`, change.after, change.action === 'create' && change.executable === true);
    if (change.action !== 'create') add(`${index}.old`, change.before, false);
  });
  const draft = join(staging, draftName);
  door.writeNew(draft, stableJson(planned.journal), 0o600);
  await door.flush([...staged.map(({ path }) => path), draft]);
  for (const { path, mode } of staged) if (mode !== undefined) door.changeMode(path, mode);
}

const draftName = 'journal.draft';

/** From here on the run is finished, by us or by the next one. */
export function commitJournal(staging: string, door: FileDoor): void {
  door.move(join(staging, draftName), join(staging, forwardName));
}

/** Throws away what was staged; the journal first, so that what remains after a crash is no run to finish. */
export function discardStaging(staging: string, door: FileDoor): void {
  if (door.look(staging) === undefined) return;
  const isJournal = (name: string) => name === forwardName || name === backName;
  const names = door.list(staging).sort((one, other) => Number(isJournal(other)) - Number(isJournal(one)));
  for (const name of names) door.removeFile(join(staging, basename(name)));
  door.removeFolder(staging);
}
