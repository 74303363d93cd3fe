import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { applyPlan } from '../../src/plan/apply-plan.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { recover } from '../../src/plan/recover.ts';
import { freshPlan, leftovers, makeScenario, scenarioPlan, snapshot } from './apply-scenario.ts';
import { bundleRunner } from './bundle-runner.ts';
import { type FaultKind, faultyDoor, isChanging, type Operation } from './faulty-door.ts';

let base: string;
let runner: string;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'apply-interrupted-'));
  runner = await bundleRunner(base);
});

afterAll(() => rmSync(base, { recursive: true }));

/**
 * A place to apply in, and how many file-system operations applying there takes, measured. When one of them stops going
 * through the door it is no longer tested: then the count falls, and so does the test.
 */
interface Place {
  name: string;
  plan: Plan;
  operations: number;
  make(root: string): void;
}

const places: Place[] = [
  { name: 'with git', plan: scenarioPlan, operations: 87, make: (root) => makeScenario(root, 'with git') },
  { name: 'without git', plan: scenarioPlan, operations: 87, make: (root) => makeScenario(root, 'without git') },
  { name: 'in a folder that does not exist', plan: freshPlan, operations: 44, make: () => undefined },
];

let roots = 0;
function made(place: Place): string {
  const root = join(base, `root-${roots++}`);
  place.make(root);
  return root;
}

async function measured(place: Place): Promise<{ before: string[]; after: string[]; operations: Operation[] }> {
  const root = made(place);
  const before = snapshot(root);
  const operations: Operation[] = [];
  await applyPlan(root, place.plan, faultyDoor(operations));
  return { before, after: snapshot(root), operations };
}

async function failing(root: string, place: Place, at: number, kind: FaultKind): Promise<string> {
  try {
    await applyPlan(root, place.plan, faultyDoor([], { at, kind }));
    return 'applied';
  } catch (error) {
    if (error instanceof ExpectedError) return error.code;
    throw error;
  }
}

describe.each(places)('when an operation fails, $name', (place) => {
  it('everything is as it was, or all is written, and nothing is left over', async () => {
    const { before, after, operations } = await measured(place);
    expect(operations.length).toBeGreaterThanOrEqual(place.operations);
    const outcomes = new Map<string, number>();
    for (let at = 1; at <= operations.length; at++) {
      const root = made(place);
      const outcome = await failing(root, place, at, 'throw');
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      const isEmptied = (line: string) => operations[at - 1] === 'removeFolder' && line === 'apps/gone/';
      expect
        .soft(
          snapshot(root).filter((line) => !isEmptied(line) || outcome !== 'applied'),
          `${operations[at - 1]} ${at}: ${outcome}`,
        )
        .toEqual(outcome === 'applied' ? after : before);
      if (outcome !== 'applied') expect(existsSync(root)).toBe(place.plan === scenarioPlan);
      await recover(root);
      expect(leftovers(root)).toEqual([]);
      if (outcome !== 'applied') expect(await failing(root, place, 0, 'throw')).toBe('applied');
    }
    expect([...outcomes.keys()].sort()).toEqual(['applied', 'cannot-write']);
  });

  it('and every one after it, the next run ends what was begun', async () => {
    const { before, after, operations } = await measured(place);
    for (let at = 1; at <= operations.length; at++) {
      const root = made(place);
      await failing(root, place, at, 'throw-on');
      const { outcome, leftAlone } = await recover(root);
      const expected = [before, after].map((state) => state.join('\n'));
      expect.soft(expected, `${operations[at - 1]} ${at}: ${outcome}`).toContain(snapshot(root).join('\n'));
      expect(leftAlone).toEqual([]);
      expect(leftovers(root)).toEqual([]);
    }
  });
});

/** Runs the runner in a process of its own; resolves when it is gone, however it ended. */
function runChild(root: string, ...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [runner, root, ...args], (error, stdout) => resolve(error?.signal ?? stdout.trim()));
  });
}

/** So many processes at once; each case has its own folder. */
async function forEachOf<Case>(cases: readonly Case[], run: (one: Case) => Promise<void>): Promise<void> {
  const queue = [...cases];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await run(next);
  };
  await Promise.all([worker(), worker()]);
}

describe.each(places.slice(0, 2))('when the process is killed, $name', (place) => {
  it('recovering leaves the old files or the new ones, never a mixture', async () => {
    const { before, after, operations } = await measured(place);
    const changing = operations.flatMap((operation, index) => (isChanging(operation) ? [index + 1] : []));
    const writing = operations.flatMap((operation, index) => (operation === 'writeNew' ? [index + 1] : []));
    expect(changing.length).toBeGreaterThanOrEqual(35);
    const cases = [...changing.map((at) => ['kill', at] as const), ...writing.map((at) => ['tear', at] as const)];
    const journalCounts = operations.indexOf('move') + 1;
    const outcomes = new Set<string>();
    await forEachOf(cases, async ([kind, at]) => {
      const root = made(place);
      expect(await runChild(root, kind, String(at))).toBe('SIGKILL');
      const { outcome, leftAlone } = await recover(root);
      outcomes.add(outcome);
      expect
        .soft(snapshot(root), `${kind} before ${operations[at - 1]} ${at}: ${outcome}`)
        .toEqual(at <= journalCounts ? before : after);
      expect(leftAlone).toEqual([]);
      expect((await recover(root)).outcome).toBe('nothing');
    });
    expect([...outcomes].sort()).toEqual(['completed', 'discarded', 'nothing']);
  });
});

describe('after a kill half-way', () => {
  const [place] = places;
  if (place === undefined) throw new Error('no place to apply in');

  async function killedHalfWay(): Promise<{ root: string; after: string[] }> {
    const { operations, after } = await measured(place as Place);
    const moves = operations.flatMap((operation, index) => (operation === 'move' ? [index + 1] : []));
    const root = made(place as Place);
    await runChild(root, 'kill', String(moves[3]));
    expect(snapshot(root)).not.toEqual(after);
    return { root, after };
  }

  it('recovery may itself be interrupted at any operation', async () => {
    const { root, after } = await killedHalfWay();
    const operations: Operation[] = [];
    const copyOf = (name: string) => {
      const copy = join(base, name);
      cpSync(root, copy, { recursive: true });
      return copy;
    };
    await recover(copyOf('counted'), faultyDoor(operations));
    expect(operations.length).toBeGreaterThan(40);
    for (let at = 1; at <= operations.length; at++) {
      const copy = copyOf(`again-${at}`);
      await recover(copy, faultyDoor([], { at, kind: 'throw-on' })).catch((error: unknown) => {
        expect(error).toBeInstanceOf(ExpectedError);
      });
      await recover(copy);
      expect.soft(snapshot(copy), `${operations[at - 1]} ${at}`).toEqual(after);
      expect(leftovers(copy)).toEqual([]);
    }
  });

  it('a file the user wrote since is left alone, and said', async () => {
    const { root } = await killedHalfWay();
    writeFileSync(join(root, 'script'), 'mine\n');
    const recovery = await recover(root);
    expect(recovery).toMatchObject({ outcome: 'completed', leftAlone: ['script'] });
    expect(recovery.paths).toContain('hook');
    expect(snapshot(root).find((line) => line.startsWith('script'))).toBe('script 750 mine\n');
  });

  it('the next apply ends it first, and then sees that its plan is outdated', async () => {
    const { root, after } = await killedHalfWay();
    await expect(applyPlan(root, scenarioPlan)).rejects.toThrow('changed since the plan was made');
    expect(snapshot(root)).toEqual(after);
  });
});
