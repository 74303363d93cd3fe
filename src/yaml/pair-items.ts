import { isPlainMap } from './value-kinds.ts';

/** An old item and the new one it becomes; without `to` it goes, without `from` it is new. In the new order. */
export interface ItemPair {
  from?: number;
  to?: number;
}

/** Above this many comparisons only what is equal at both ends is paired by content. */
const mostComparisons = 4_000_000;

/**
 * Pairs the items of two lists in order, so that few of them change: equal ones, or maps of the same `kind` and
 * `name`. Between those, items without a name are paired one by one.
 */
export function pairItems(from: readonly unknown[], to: readonly unknown[]): ItemPair[] {
  const [old, wanted] = [from.map(itemKey), to.map(itemKey)];
  let head = 0;
  while (head < Math.min(old.length, wanted.length) && old[head] === wanted[head]) head++;
  let tail = 0;
  const most = Math.min(old.length, wanted.length) - head;
  while (tail < most && old[old.length - 1 - tail] === wanted[wanted.length - 1 - tail]) tail++;
  const middle = common(old.slice(head, old.length - tail), wanted.slice(head, wanted.length - tail));
  const anchors = [
    ...Array.from({ length: head }, (_, index) => ({ from: index, to: index })),
    ...middle.map((pair) => ({ from: pair.from + head, to: pair.to + head })),
    ...Array.from({ length: tail }, (_, index) => ({
      from: old.length - tail + index,
      to: wanted.length - tail + index,
    })),
    { from: old.length, to: wanted.length },
  ];
  const pairs: ItemPair[] = [];
  let at = { from: 0, to: 0 };
  for (const anchor of anchors) {
    pairs.push(...between(old, wanted, at, anchor));
    if (anchor.from < old.length) pairs.push(anchor);
    at = { from: anchor.from + 1, to: anchor.to + 1 };
  }
  return pairs;
}

interface Pair {
  from: number;
  to: number;
}

function between(old: readonly string[], wanted: readonly string[], start: Pair, end: Pair): ItemPair[] {
  const pairs: ItemPair[] = [];
  let { from, to } = start;
  while (from < end.from || to < end.to) {
    if (from < end.from && to < end.to && isNameless(old[from]) && isNameless(wanted[to]))
      pairs.push({ from: from++, to: to++ });
    else if (from < end.from) pairs.push({ from: from++ });
    else pairs.push({ to: to++ });
  }
  return pairs;
}

function isNameless(key: string | undefined): boolean {
  return key?.startsWith('name ') !== true;
}

/** The longest common subsequence. */
function common(old: readonly string[], wanted: readonly string[]): Pair[] {
  const width = wanted.length + 1;
  if (old.length * wanted.length > mostComparisons) return [];
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (from: number, to: number) => lengths[from * width + to] ?? 0;
  for (let from = old.length - 1; from >= 0; from--)
    for (let to = wanted.length - 1; to >= 0; to--)
      lengths[from * width + to] =
        old[from] === wanted[to] ? at(from + 1, to + 1) + 1 : Math.max(at(from + 1, to), at(from, to + 1));
  const pairs: Pair[] = [];
  for (let from = 0, to = 0; from < old.length && to < wanted.length; ) {
    if (old[from] === wanted[to]) pairs.push({ from: from++, to: to++ });
    else if (at(from + 1, to) >= at(from, to + 1)) from++;
    else to++;
  }
  return pairs;
}

function itemKey(item: unknown): string {
  if (isPlainMap(item) && typeof item.name === 'string')
    return `name ${JSON.stringify([item.kind ?? '', item.namespace ?? '', item.name])}`;
  return JSON.stringify(item, (_, part: unknown) =>
    isPlainMap(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
