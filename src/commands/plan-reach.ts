import { isBroughtTwice } from '../check/brought-twice.ts';
import { kindOfUnit } from '../model/units.ts';
import type { Change } from '../plan/change.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';

/** What a plan may be missed by, or meet, besides what it changes. */
export interface PlanReach {
  tree: Tree;
  /** Every file that is there now. */
  present: readonly RepoPath[];
  /** What is written, our bookkeeping aside. */
  writes: readonly Change[];
}

/**
 * Whether only what a plan changes, and what comes to that, can have errors afterwards that were not there before: nothing goes
 * that something elsewhere may name, and nothing elsewhere names what is new.
 */
export function isContained(reach: PlanReach): boolean {
  const leaving = leavingClusters(reach);
  if (!onlyBrings(reach.writes, leaving) || isBroughtTwice(reach.tree, reach.present, reach.writes)) return false;
  return !isNamedElsewhere(reach, leaving);
}

/** A cluster's name, of a file that is that cluster's alone. */
const ofOneCluster = /^(?:clusters|secrets)\/([^/]+)\//;

/** Clusters whose folders go as a whole. */
function leavingClusters({ present, writes }: PlanReach): Set<string> {
  const gone = new Set(writes.filter(({ action }) => action === 'delete').map(({ path }) => path));
  const clusters = new Set([...gone].flatMap((path) => ofOneCluster.exec(path)?.[1] ?? []));
  if (clusters.size === 0) return clusters;
  for (const path of present) if (!gone.has(path)) clusters.delete(ofOneCluster.exec(path)?.[1] ?? '');
  return clusters;
}

function onlyBrings(writes: readonly Change[], leaving: ReadonlySet<string>): boolean {
  return writes.every((change) => {
    const isNamed =
      /\.(?:ya?ml|json)$/.test(change.path) && change.ownership !== 'sealed' && change.ownership !== 'model';
    if (change.action === 'update') return !isNamed || isInsertion(change.before, change.after);
    const isWhole = leaving.has(ofOneCluster.exec(change.path)?.[1] ?? '');
    return change.action !== 'delete' || change.ownership === 'block' || isWhole;
  });
}

/** Whether a file that the plan leaves alone names a cluster that comes or goes. */
function isNamedElsewhere({ tree, present, writes }: PlanReach, leaving: ReadonlySet<string>): boolean {
  const created = new Set(writes.flatMap(({ action, unit }) => (action === 'create' ? [unit] : [])));
  const units = [...created].flatMap((unit) => (unit === 'repository' ? [] : [kindOfUnit(unit)]));
  const clusters = [...leaving, ...units.flatMap(({ kind, name }) => (kind === 'cluster' ? [name] : []))];
  if (clusters.length === 0) return false;
  const words = clusters.flatMap((name) => [`clusters/${name}`, `secrets/${name}`, `../${name}`]);
  const written = new Set(writes.map(({ path }) => path));
  const isOwn = (path: RepoPath) => clusters.includes(ofOneCluster.exec(path)?.[1] ?? '');
  return present.some((path) => {
    if (!/\.ya?ml$/.test(path) || path.startsWith('.flux-repo/') || written.has(path) || isOwn(path)) return false;
    const text = tree.read(path);
    return typeof text === 'string' && words.some((word) => text.includes(word));
  });
}

/** Whether every line is still there, in order, but for lists that were empty. */
function isInsertion(before: string, after: string): boolean {
  const left = before.split('\n').filter((line) => !/:\s*(?:\[\]|\{\})\s*$/.test(line));
  let next = 0;
  for (const line of after.split('\n')) if (line === left[next]) next += 1;
  return next === left.length;
}
