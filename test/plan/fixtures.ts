import type { Change } from '../../src/plan/change.ts';
import type { BlockEntry, Entry, FileEntry, UnitEntries, UnitId } from '../../src/plan/entry.ts';
import { type Plan, plannedContents } from '../../src/plan/plan.ts';
import { type ModelText, planChanges } from '../../src/plan/plan-changes.ts';
import { readLocks } from '../../src/plan/read-locks.ts';
import { overlayTree } from '../../src/tree/overlay-tree.ts';
import type { Tree } from '../../src/tree/tree.ts';

export const emptyTree: Tree = { kindOf: () => undefined, read: () => undefined, list: () => [] };

export function treeOf(files: Record<string, string | undefined>, below: Tree = emptyTree): Tree {
  return overlayTree(below, new Map(Object.entries(files)));
}

export function file(path: string, contents: string, more: Partial<FileEntry> = {}): FileEntry {
  return { kind: 'file', path, contents, ownership: 'managed', ...more };
}

export function block(path: string, contents: string, more: Partial<BlockEntry> = {}): BlockEntry {
  return { kind: 'block', path, id: 'rules', contents, position: 'last', comment: 'hash', ...more };
}

export function unit(entries: readonly Entry[], name: UnitId = 'repository', part: unknown = {}): UnitEntries {
  return { unit: name, part, entries };
}

export function planOn(tree: Tree, units: readonly UnitEntries[], model?: ModelText): Plan {
  const known = { units, tree, locks: readLocks(tree), toolVersion: '1.0.0' };
  return planChanges(model === undefined ? known : { ...known, model });
}

/** The tree as it is after the plan. */
export function applied(tree: Tree, plan: Plan): Tree {
  return overlayTree(tree, plannedContents(plan));
}

export function changeAt(plan: Plan, path: string): Change | undefined {
  return plan.changes.find((change) => change.path === path);
}
