import type { Change } from '../plan/change.ts';
import { isKeptByHand, type Look } from './plan-lines.ts';

/** So many are named; a list of all of them is what `--verbose` is for. */
const mostNamed = 5;

/**
 * What is left as a person has it, a file a row, with the reason where it is another one than an edit: a count alone
 * tells nobody which of their files are meant.
 * @param everyFile names all of them
 */
export function keptRows(changes: readonly Change[], { paint }: Look, everyFile: boolean): string[] {
  const kept = changes.filter(isKeptByHand);
  const most = everyFile || kept.length <= mostNamed ? kept.length : mostNamed;
  const rows = kept.slice(0, most).map((change) => {
    const reason = 'reason' in change && change.reason !== 'edited by hand' ? ` (${change.reason})` : '';
    return `  ${paint('dim', `= ${change.path}${reason}`)}`;
  });
  const more = kept.length - most;
  const others = `and ${more === 1 ? 'one' : more} more; --verbose names all`;
  return more === 0 ? rows : [...rows, `    ${paint('dim', others)}`];
}
