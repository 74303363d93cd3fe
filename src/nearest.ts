/**
 * The candidate a person most likely meant by `word`: the one at the smallest edit distance, if it is near enough.
 * Near enough is one edit per three characters of `word`, at least one and at most three; upper and lower case count as equal.
 * Among equals the first in alphabetical order wins, so the answer does not depend on the order of the candidates.
 *
 * @returns undefined when nothing is near, or when `word` is empty or itself a candidate
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word === '') return undefined;
  const wanted = word.toLowerCase();
  let limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  let best: string | undefined;
  for (const candidate of candidates) {
    if (candidate === word) return undefined;
    const distance = editDistance(wanted, candidate.toLowerCase(), limit);
    if (distance > limit) continue;
    if (best === undefined || distance < limit || candidate < best) best = candidate;
    limit = distance;
  }
  return best;
}

/**
 * Edits between two words: insert, delete, replace, or swap two neighbours (optimal string alignment).
 * Gives up with a number above `limit` as soon as the distance must exceed it.
 */
function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = at(previous, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      let cost = Math.min(replaced, at(previous, column) + 1, at(current, column - 1) + 1);
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1])
        cost = Math.min(cost, at(beforePrevious, column - 2) + 1);
      current.push(cost);
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
