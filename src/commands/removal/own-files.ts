import type { Io } from '../../cli/io.ts';
import { listFiles } from '../../git/list-files.ts';
import type { UnitEntries } from '../../plan/entry.ts';
import type { Plan } from '../../plan/plan.ts';
import type { RepoPath } from '../../tree/repo-path.ts';

/**
 * Files that stay in folders of a unit though nothing is generated there any more: people's own, and generated ones that
 * they edited.
 *
 * @param wanted everything that is to be generated
 */
export async function ownFilesIn(
  io: Io,
  root: string,
  folders: readonly RepoPath[],
  { plan, wanted }: { plan: Plan; wanted: readonly UnitEntries[] },
): Promise<RepoPath[]> {
  const generated = new Set(wanted.flatMap(({ entries }) => entries.map(({ path }) => path)));
  const deleted = new Set(plan.changes.filter(({ action }) => action === 'delete').map(({ path }) => path));
  const isInside = (path: RepoPath) => folders.some((folder) => path.startsWith(`${folder}/`));
  const files = await listFiles(root, io);
  return files.filter((path) => isInside(path) && !generated.has(path) && !deleted.has(path));
}
