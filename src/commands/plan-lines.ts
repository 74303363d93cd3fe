import type { Marks, Paint } from '../cli/marks.ts';
import type { Change } from '../plan/change.ts';
import { isWrite } from '../plan/plan.ts';
import { noFileYet } from '../plan/plan-sealed.ts';
import { folderWords, isHere } from './folder-words.ts';

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
  const news = changes.filter(isTold);
  if (news.length > 0 && news.every((change) => change.action === 'create'))
    return `${dryRun ? 'Would create' : 'Created'} ${files(news.length)} in ${folderWords(shown)}`;
  const counts = Object.entries(told).flatMap(([action, words]) => {
    const count = news.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${dryRun ? words.wanted : words.done}`];
  });
  return `${isHere(shown) ? 'This folder' : shown}: ${counts.join(', ')}`;
}

/** `2 files created and one file updated`; our own bookkeeping counts only where there is nothing else. */
export function writesInWords(changes: readonly Change[]): string {
  const writes = changes.filter(isWrite);
  const visible = writes.filter(({ ownership }) => ownership !== 'lock');
  if (visible.length === 0) return `${files(writes.length)} of its bookkeeping updated`;
  const counts = (['create', 'update', 'delete'] as const).flatMap((action) => {
    const count = visible.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${files(count)} ${told[action].done}`];
  });
  return counts.join(' and ');
}

/** `4 files edited by hand are left as they are.`, empty when there are none. */
export function keptInWords(changes: readonly Change[]): string {
  const kept = changes.filter(isKeptByHand);
  const gone = kept.filter(isAway).length;
  const edited = kept.length - gone;
  const sentences = [
    ...(edited === 0
      ? []
      : [`${capital(files(edited))} edited by hand ${edited === 1 ? 'is left as it is' : 'are left as they are'}.`]),
    ...(gone === 0 ? [] : [`${capital(files(gone))} deleted by hand ${gone === 1 ? 'stays' : 'stay'} away.`]),
  ];
  return sentences.join(' ');
}

/** Whether the file is not there and will not be: the person has deleted it, or its values are not known. */
export function isAway(change: Change): boolean {
  return change.action === 'kept' && (change.reason === 'deleted by hand' || change.reason === noFileYet);
}

/** Left as a person has it; of encrypted files that are left, notes tell. */
export function isKeptByHand({ action, ownership }: Change): boolean {
  return action === 'kept' && ownership !== 'sealed';
}

function isTold(change: Change): boolean {
  return change.action === 'kept' ? isKeptByHand(change) : change.action !== 'same';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What happens, each file or each folder with its count, with a sign; what is kept has rows of its own (`keptRows`). */
export function planRows(changes: readonly Change[], { marks, paint }: Look, everyFile: boolean): string[] {
  const signs: Record<Exclude<Told, 'kept'>, string> = {
    create: marks.create,
    update: marks.update,
    delete: marks.remove,
    conflict: '!',
  };
  const rows = new Map<string, { action: Exclude<Told, 'kept'>; place: string; count: number }>();
  for (const { action, path } of changes) {
    if (action === 'same' || action === 'kept') continue;
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
