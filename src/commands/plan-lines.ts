import type { Marks, Paint } from '../cli/marks.ts';
import type { Change } from '../plan/change.ts';

/** How lines are drawn on one stream. */
export interface Look {
  paint: Paint;
  marks: Marks;
}

type Told = Exclude<Change['action'], 'same'>;

/** In the order in which their counts are named. */
const told: Record<Told, { done: string; wanted: string; colour: 'green' | 'yellow' | 'red' | 'dim' }> = {
  create: { done: 'created', wanted: 'to create', colour: 'green' },
  update: { done: 'updated', wanted: 'to update', colour: 'yellow' },
  delete: { done: 'deleted', wanted: 'to delete', colour: 'red' },
  conflict: { done: 'in conflict', wanted: 'in conflict', colour: 'red' },
  kept: { done: 'kept as you have it', wanted: 'kept as you have it', colour: 'dim' },
};

/** A plan in one line: `Created 70 files in demo`, `demo: 3 to update, 1 kept as you have it`. */
export function planHeading(changes: readonly Change[], { shown, dryRun }: { shown: string; dryRun: boolean }): string {
  const news = changes.filter((change) => change.action !== 'same');
  if (news.length > 0 && news.every((change) => change.action === 'create'))
    return `${dryRun ? 'Would create' : 'Created'} ${files(news.length)} in ${shown}`;
  const counts = Object.entries(told).flatMap(([action, words]) => {
    const count = news.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${dryRun ? words.wanted : words.done}`];
  });
  return `${shown}: ${counts.join(', ')}`;
}

/** What is new, each file or each folder with its count, with a sign for what happens to it. */
export function planRows(changes: readonly Change[], { marks, paint }: Look, everyFile: boolean): string[] {
  const signs: Record<Told, string> = {
    create: marks.create,
    update: marks.update,
    delete: marks.remove,
    conflict: '!',
    kept: '=',
  };
  const rows = new Map<string, { action: Told; place: string; count: number }>();
  for (const { action, path } of changes) {
    if (action === 'same') continue;
    const place = everyFile ? path : `${path.includes('/') ? path.slice(0, path.indexOf('/')) : '.'}/`;
    const before = rows.get(`${place} ${action}`)?.count ?? 0;
    rows.set(`${place} ${action}`, { action, place, count: before + 1 });
  }
  const sorted = [...rows.values()].sort((one, other) => (one.place < other.place ? -1 : 1));
  return sorted.map(({ action, place, count }) => {
    const text = everyFile ? place : `${place.padEnd(22)}${String(count).padStart(4)}`;
    return `  ${paint(told[action].colour, signs[action])} ${text}`;
  });
}

export function files(count: number): string {
  return count === 1 ? 'one file' : `${count} files`;
}
