import { diceOf } from '../sequences/dice.ts';

/** Choices that a seed repeats. */
export interface Dice {
  below(sides: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

export function rolls(seed: number): Dice {
  const { roll } = diceOf(seed);
  return {
    below: roll,
    chance: (probability) => roll(1000) < probability * 1000,
    // The lists below are never empty.
    pick: <Item>(items: readonly Item[]) => items[roll(items.length)] as Item,
  };
}
