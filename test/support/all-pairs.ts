/** Factors and their values: the index of a value stands for it. */
export type Factors<Name extends string> = Record<Name, number>;

/**
 * Combinations in which every two values of two factors meet at least once: most faults need no more than two choices
 * to meet. Greedy and deterministic.
 * @param factors name -> number of values
 * @param least how many rows there are at least; the rest are further, different mixtures
 */
export function allPairs<Name extends string>(factors: Factors<Name>, least = 0): Record<Name, number>[] {
  const names = Object.keys(factors) as Name[];
  const missing = new Set(pairsOf(names, factors));
  const rows: Record<Name, number>[] = [];
  const random = sequence(1);
  while (missing.size > 0) {
    const [seed = ''] = missing;
    const candidates = Array.from({ length: 40 }, () => rowWith(seed, names, factors, random));
    const gain = (row: Record<Name, number>) => pairsIn(row, names).filter((pair) => missing.has(pair)).length;
    const best = candidates.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    for (const pair of pairsIn(best, names)) missing.delete(pair);
    rows.push(best);
  }
  while (rows.length < least) rows.push(rowWith('', names, factors, random));
  return rows;
}

const pairKey = (one: string, value: number, other: string, otherValue: number) =>
  `${one}=${value} ${other}=${otherValue}`;

function pairsOf<Name extends string>(names: readonly Name[], factors: Factors<Name>): string[] {
  return names.flatMap((one, index) =>
    names
      .slice(index + 1)
      .flatMap((other) =>
        range(factors[one]).flatMap((value) =>
          range(factors[other]).map((otherValue) => pairKey(one, value, other, otherValue)),
        ),
      ),
  );
}

export function pairsIn<Name extends string>(row: Record<Name, number>, names: readonly Name[]): string[] {
  return names.flatMap((one, index) =>
    names.slice(index + 1).map((other) => pairKey(one, row[one], other, row[other])),
  );
}

function rowWith<Name extends string>(
  seed: string,
  names: readonly Name[],
  factors: Factors<Name>,
  random: (below: number) => number,
): Record<Name, number> {
  const fixed = new Map(
    seed.split(' ').map((part) => [part.slice(0, part.indexOf('=')), Number(part.slice(part.indexOf('=') + 1))]),
  );
  const entries = names.map((name) => [name, fixed.get(name) ?? random(factors[name])] as const);
  return Object.fromEntries(entries) as Record<Name, number>;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** Numbers that look random and are the same in every run: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
