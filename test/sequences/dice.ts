import { createHash } from 'node:crypto';

/** Random choices that a seed repeats. */
export interface Dice {
  /** A whole number below `sides`. */
  roll(sides: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** Undefined when there is nothing to choose from. */
  choose<Item>(items: readonly Item[]): Item | undefined;
  shuffle<Item>(items: readonly Item[]): Item[];
}

/** Numbers out of hashes of the seed and a count. */
export function diceOf(seed: number): Dice {
  let count = 0;
  const next = () => createHash('sha256').update(`${seed} ${count++}`).digest().readUInt32LE();
  const roll = (sides: number) => next() % sides;
  return {
    roll,
    pick: (items) => items[roll(items.length)] ?? items[0],
    choose: (items) => items[roll(Math.max(1, items.length))],
    shuffle: (items) =>
      items
        .map((item) => ({ item, at: next() }))
        .sort((one, other) => one.at - other.at)
        .map(({ item }) => item),
  };
}
