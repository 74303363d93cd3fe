/** The same stretch of lines in each version. */
export type Segment = readonly (readonly string[])[];

/**
 * Cuts versions of a text at lines that certainly belong together: equal ones at both ends, and those that each
 * version has exactly once, in the same order (as "patience diff" does). What remains to be compared line with line is
 * short then: the cost of that grows with the square of how often lines repeat.
 */
export function segmentsOf(versions: Segment): Segment[] {
  const [first] = versions;
  if (first === undefined || versions.every((lines) => lines.length === 0)) return [];
  const shortest = Math.min(...versions.map((lines) => lines.length));
  let head = 0;
  while (head < shortest && versions.every((lines) => lines[head] === first[head])) head++;
  let tail = 0;
  while (tail < shortest - head && versions.every((lines) => lines.at(-1 - tail) === first.at(-1 - tail))) tail++;
  const middle = versions.map((lines) => lines.slice(head, lines.length - tail));
  return [
    ...(head > 0 ? [versions.map((lines) => lines.slice(0, head))] : []),
    ...cut(middle),
    ...(tail > 0 ? [versions.map((lines) => lines.slice(lines.length - tail))] : []),
  ];
}

function cut(versions: Segment): Segment[] {
  const anchors = anchorsOf(versions);
  if (anchors.length === 0) return versions.every((lines) => lines.length === 0) ? [] : [versions];
  const segments: Segment[] = [];
  let from = versions.map(() => 0);
  for (const anchor of [...anchors, versions.map((lines) => lines.length)]) {
    segments.push(...segmentsOf(versions.map((lines, version) => lines.slice(from[version], anchor[version]))));
    const isEnd = anchor.every((index, version) => index === versions[version]?.length);
    if (!isEnd)
      segments.push(versions.map((lines, version) => lines.slice(anchor[version], (anchor[version] ?? 0) + 1)));
    from = anchor.map((index) => index + 1);
  }
  return segments;
}

/** For each anchor its index in each version. */
function anchorsOf(versions: Segment): number[][] {
  const [first, ...others] = versions.map(uniqueLines);
  if (first === undefined) return [];
  const anchors = [...first].flatMap(([line, index]) => {
    const indexes = others.map((lines) => lines.get(line));
    return indexes.every((other) => other !== undefined) ? [[index, ...indexes]] : [];
  });
  return others.reduce((kept, _, version) => longestRising(kept, version + 1), anchors);
}

/** Lines that are there once, with their index, in order. */
function uniqueLines(lines: readonly string[]): Map<string, number> {
  const unique = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (unique.has(line)) repeated.add(line);
    else unique.set(line, index);
  }
  for (const line of repeated) unique.delete(line);
  return unique;
}

/** The longest subsequence whose indexes in one version rise (patience sorting). */
function longestRising(anchors: readonly number[][], version: number): number[][] {
  const at = (anchor: number[] | undefined) => anchor?.[version] ?? 0;
  const piles: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [position, anchor] of anchors.entries()) {
    let [low, high] = [0, piles.length];
    while (low < high) {
      const half = (low + high) >> 1;
      if (at(anchors[piles[half] ?? 0]) < at(anchor)) low = half + 1;
      else high = half;
    }
    before[position] = piles[low - 1];
    piles[low] = position;
  }
  const rising: number[][] = [];
  for (let position = piles.at(-1); position !== undefined; position = before[position]) {
    const anchor = anchors[position];
    if (anchor !== undefined) rising.unshift(anchor);
  }
  return rising;
}
