import type { CheckedRepository } from './checked-repository.ts';
import type { CheckedProblem, Found } from './run-rules.ts';

/** More names than this are counted. */
const mostNamed = 4;

/** Equal findings of several clusters as one, which names them where the place does not tell it. */
export function mergedOverClusters({ clusters }: CheckedRepository, found: readonly Found[]): Found[] {
  const groups = new Map<string, { found: Found; clusters: Set<string> }>();
  for (const each of found) {
    const { message, at, object } = each.finding;
    const key = JSON.stringify([each.rule.id, message, at.file, at.line, at.column, object]);
    const group = groups.get(key) ?? { found: each, clusters: new Set() };
    if (each.finding.cluster !== undefined) group.clusters.add(each.finding.cluster);
    groups.set(key, group);
  }
  const folders = new Map(clusters.map(({ name, folder }) => [name, folder]));
  return [...groups.values()].map(({ found: { rule, finding }, clusters: on }) => {
    const isTold = [...on].some((name) => finding.at.file.startsWith(`${folders.get(name)}/`));
    if (on.size === 0 || on.size === clusters.length || isTold) return { rule, finding };
    const message = `${finding.message} (on ${clusterNames([...on].sort())})`;
    return { rule, finding: { ...finding, message, key: finding.key ?? finding.message } };
  });
}

function clusterNames(names: readonly string[]): string {
  if (names.length === 1) return `cluster ${names[0]}`;
  if (names.length <= mostNamed) return `clusters ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `clusters ${names.slice(0, mostNamed - 1).join(', ')} and ${names.length - mostNamed + 1} more`;
}

const order = { error: 0, warning: 1, info: 2 };

/** By file, line and column; the worst first where several stand in one place. */
export function inPlaces(problems: readonly CheckedProblem[]): CheckedProblem[] {
  const compared = (one: string, other: string) => (one < other ? -1 : Number(one > other));
  return problems.toSorted(
    (one, other) =>
      compared(one.file, other.file) ||
      (one.line ?? 0) - (other.line ?? 0) ||
      (one.column ?? 0) - (other.column ?? 0) ||
      order[one.severity] - order[other.severity] ||
      compared(one.rule, other.rule) ||
      compared(one.message, other.message),
  );
}
