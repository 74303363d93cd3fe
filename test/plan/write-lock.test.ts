import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { applyPlan } from '../../src/plan/apply-plan.ts';
import { recover } from '../../src/plan/recover.ts';
import { leftovers, makeScenario, scenarioPlan, snapshot } from './apply-scenario.ts';
import { bundleRunner } from './bundle-runner.ts';

let base: string;
let runner: string;
let root: string;
let roots = 0;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'write-lock-'));
  chmodSync(base, 0o755);
  runner = await bundleRunner(base);
});

beforeEach(() => {
  root = join(base, `root-${roots++}`);
  makeScenario(root, 'with git');
});

afterAll(() => rmSync(base, { recursive: true }));

/** A child of the runner that has everything staged and waits. */
async function paused(): Promise<{ child: ChildProcess; ended: Promise<string> }> {
  const child = spawn(process.execPath, [runner, root, 'pause']);
  let output = '';
  const ended = once(child, 'close').then(() => output.trim());
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes('paused')) resolve();
    });
  });
  return { child, ended };
}

function goneProcess(): number {
  return Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
}

const lockPath = () => join(root, '.git/create-flux-repo/lock');

function putLock(text: string): void {
  mkdirSync(join(root, '.git/create-flux-repo'), { recursive: true });
  writeFileSync(lockPath(), text);
}

const now = () => new Date().toISOString();

async function refusal(run: Promise<unknown>): Promise<ExpectedError> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ExpectedError) return error;
  throw error ?? new Error('nothing was refused');
}

describe('two processes at once', () => {
  it('the second one is told who is first and what to do, and writes nothing', async () => {
    const { child, ended } = await paused();
    const before = snapshot(root);
    for (const run of [() => applyPlan(root, scenarioPlan), () => recover(root)]) {
      const error = await refusal(run());
      expect(error).toMatchObject({ exitCode: 1, code: 'locked' });
      expect(error.why.join()).toContain(`process ${child.pid} on ${hostname()}`);
      expect(error.hint).toContain('delete .git/create-flux-repo/lock');
    }
    expect(snapshot(root)).toEqual(before);
    child.stdin?.write('go\n');
    expect(await ended).toBe('paused\napplied');
    expect(leftovers(root)).toEqual([]);
  });

  it.each(['nothing', 'the lock of a dead process'])('one of many wins, with %s in the way', async (way) => {
    if (way !== 'nothing') putLock(JSON.stringify({ pid: goneProcess(), host: hostname(), startedAt: now() }));
    const run = promisify(execFile);
    const numbers = ['1', '2', '3', '4'];
    const outputs = await Promise.all(numbers.map((number) => run(process.execPath, [runner, root, 'race', number])));
    const results = outputs.map(({ stdout }) => stdout.split(':')[0]?.trim());
    expect(results.filter((result) => result === 'applied')).toHaveLength(1);
    expect(['applied', 'locked', 'changed-meanwhile']).toEqual(expect.arrayContaining(results));
    expect(readFileSync(join(root, 'winner'), 'utf8')).toBe(numbers[results.indexOf('applied')]);
    expect(leftovers(root)).toEqual([]);
  });

  it('within one process the second waits its turn by failing too', async () => {
    const results = await Promise.allSettled([applyPlan(root, scenarioPlan), applyPlan(root, scenarioPlan)]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a lock that was left behind', () => {
  it.each([
    ['by a process that is gone', () => ({ pid: goneProcess(), host: hostname(), startedAt: now() })],
    [
      'by a process of before the machine started',
      () => ({
        pid: process.ppid,
        host: hostname(),
        startedAt: new Date(Date.now() - (uptime() + 3600) * 1000).toISOString(),
      }),
    ],
    ['by one that had our number, as in a container', () => ({ pid: process.pid, host: hostname(), startedAt: now() })],
  ])('%s is taken over', async (_, holder) => {
    putLock(JSON.stringify(holder()));
    await applyPlan(root, scenarioPlan);
    expect(leftovers(root)).toEqual([]);
  });

  it.each(['', '{"pid":', 'null', '{"pid":0,"host":"","startedAt":""}'])(
    'with %j inside is taken over after a moment',
    async (text) => {
      putLock(text);
      await applyPlan(root, scenarioPlan);
      expect(leftovers(root)).toEqual([]);
    },
  );

  it('by another machine is not: nobody here can know', async () => {
    putLock(JSON.stringify({ pid: goneProcess(), host: 'elsewhere', startedAt: now() }));
    expect((await refusal(applyPlan(root, scenarioPlan))).why.join()).toContain('on elsewhere');
    expect(existsSync(lockPath())).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('by a zombie, which only keeps its number, is taken over', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = await once(parent.stdout, 'data');
    const zombie = Number(String(line));
    try {
      while (!readFileSync(`/proc/${zombie}/stat`, 'utf8').includes(') Z')) await setTimeout(20);
      putLock(JSON.stringify({ pid: zombie, host: hostname(), startedAt: now() }));
      await applyPlan(root, scenarioPlan);
      expect(leftovers(root)).toEqual([]);
    } finally {
      parent.kill();
    }
  });

  it.skipIf(process.platform !== 'linux')('by a process whose number another one has now is taken over', async () => {
    const child = spawn('sleep', ['60']);
    try {
      const startedAt = new Date(Date.now() - Math.min(3_600_000, uptime() * 900)).toISOString();
      putLock(JSON.stringify({ pid: child.pid, host: hostname(), startedAt }));
      await applyPlan(root, scenarioPlan);
      expect(leftovers(root)).toEqual([]);
    } finally {
      child.kill();
    }
  });

  it('by a running process is not', async () => {
    putLock(JSON.stringify({ pid: process.ppid, host: hostname(), startedAt: now() }));
    expect((await refusal(applyPlan(root, scenarioPlan))).why.join()).toContain(`process ${process.ppid}`);
  });

  it('goes with recovery, when nothing else was left', async () => {
    putLock(JSON.stringify({ pid: goneProcess(), host: hostname(), startedAt: now() }));
    expect((await recover(root)).outcome).toBe('nothing');
    expect(leftovers(root)).toEqual([]);
  });
});

describe('a folder we may not write in', () => {
  const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

  it.each([
    ['clusters', 'cannot write clusters/eu; everything is as it was: permission denied (EACCES)'],
    ['.git', 'cannot write .git/create-flux-repo; everything is as it was: permission denied (EACCES)'],
  ])('%s is named, and nothing is written', async (folder, message) => {
    mkdirSync(join(root, 'clusters'), { recursive: true });
    execFileSync('chmod', ['-R', 'a+rwX', root]);
    chmodSync(join(root, folder), 0o555);
    const before = snapshot(root);
    const { stdout } = await promisify(execFile)(process.execPath, [runner, root, 'plain'], asNobody);
    chmodSync(join(root, folder), 0o755);
    expect(stdout.trim()).toBe(`cannot-write: ${message}`);
    expect(snapshot(root)).toEqual(before);
    expect(leftovers(root)).toEqual([]);
  });
});
