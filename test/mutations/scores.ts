import type { Truth } from './ground-truth.ts';
import type { Action, Thing } from './mutation.ts';
import { actions, things } from './mutation.ts';

/** One mutation, what it really does, and whether `check` says that something is wrong. */
export interface Judged {
  action: Action;
  thing: Thing;
  truth: Truth;
  isFound: boolean;
}

/** Of one class of mutations; shares between 0 and 1. */
export interface Score {
  name: string;
  mutations: number;
  broken: number;
  harmless: number;
  unknown: number;
  /** Of what is broken, how much is found; 1 where nothing is. */
  recall: number;
  /** Of what is found, without what nobody can judge, how much is broken. */
  precision: number;
}

/** A score for each class, then one for all. */
export function scoresOf(judged: readonly Judged[]): Score[] {
  const classes = things.flatMap((thing) =>
    actions.map((action) => {
      const own = judged.filter((each) => each.action === action && each.thing === thing);
      return scoreOf(`${action} ${thing}`, own);
    }),
  );
  return [...classes, scoreOf('all', judged)];
}

function scoreOf(name: string, judged: readonly Judged[]): Score {
  const count = (truth: Truth, isFound = [true, false]) =>
    judged.filter((each) => each.truth === truth && isFound.includes(each.isFound)).length;
  const found = count('broken', [true]);
  const alarms = found + count('harmless', [true]);
  return {
    name,
    mutations: judged.length,
    broken: count('broken'),
    harmless: count('harmless'),
    unknown: count('unknown'),
    recall: count('broken') === 0 ? 1 : found / count('broken'),
    precision: alarms === 0 ? 1 : found / alarms,
  };
}

/** A table for people. */
export function scoreTable(scores: readonly Score[]): string {
  const row = (cells: readonly string[]) =>
    cells.map((cell, index) => (index === 0 ? cell.padEnd(20) : cell.padStart(10))).join('');
  return [
    row(['class', 'mutations', 'broken', 'harmless', 'unknown', 'recall', 'precision']),
    ...scores.map(({ name, mutations, broken, harmless, unknown, recall, precision }) =>
      row([name, ...[mutations, broken, harmless, unknown].map(String), percent(recall), percent(precision)]),
    ),
  ].join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
