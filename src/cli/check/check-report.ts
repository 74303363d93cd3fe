import type { CheckedProblem } from '../../check/run-rules.ts';
import type { NotBuilt } from '../../kustomize/building.ts';

/** What `check` found, however it is printed. */
export interface CheckReport {
  problems: readonly CheckedProblem[];
  /** What no build can tell without a network or a program. */
  notBuilt: readonly NotBuilt[];
  /** Files that were looked at. */
  files: number;
  clusters: number;
  /** The text of a file, for a look at the place. */
  textOf(path: string): string | undefined;
}

/** `2 errors and 1 warning in 214 files, 3 clusters.` */
export function summaryOf({ problems, files, clusters }: CheckReport): string {
  const where = `in ${counted(files, 'file')}, ${counted(clusters, 'cluster')}`;
  const found = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity === 'info' ? 'note' : severity)];
  });
  if (found.length === 0) return `No problems ${where}.`;
  const last = found.at(-1) ?? '';
  const all = found.length === 1 ? last : `${found.slice(0, -1).join(', ')} and ${last}`;
  return `${all} ${where}.`;
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What belongs to each file, in the order of the files' first. */
export function byFile<Item extends { file: string }>(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.file);
    if (group === undefined) groups.set(item.file, [item]);
    else group.push(item);
  }
  return groups;
}
