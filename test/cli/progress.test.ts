import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { progressOn } from '../../src/cli/progress.ts';
import { type FakeSystem, fakeSystem } from '../support/fake-system.ts';

function io(from: Parameters<typeof fakeSystem>[0], env: Record<string, string> = {}): Io & FakeSystem {
  const system = fakeSystem(from);
  onTestFinished(system.remove);
  let clock = 0;
  return { ...system, env, interactive: false, now: () => (clock += 1234) };
}

test('plain lines with the time in a pipe', async () => {
  const system = io({});
  const progress = progressOn(system);
  expect(await progress('Write files', async () => ({ value: 7 }))).toBe(7);
  await progress('Commit', async () => ({ value: 0, skipped: 'nobody to sign' }));
  await expect(progress('Push', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await setTimeout();
  expect(system.err()).toBe(
    '-> Write files\nok Write files (1.2s)\n-> Commit\nskipped Commit: nobody to sign\n-> Push\nfailed Push (1.2s)\n',
  );
  expect(system.out()).toBe('');
});

test('one line a step on a terminal, replaced when it is done', async () => {
  const system = io({ columns: 80 });
  await progressOn(system)('Write files', async () => ({ value: 0 }));
  await setTimeout();
  expect(system.err()).toBe('◌ Write files\r\u001b[2K✓ Write files\n');
});

test('signs that the Linux console can draw', async () => {
  const system = io({ columns: 80 }, { TERM: 'linux' });
  await progressOn(system)('Write files', async () => ({ value: 0 }));
  await setTimeout();
  expect(system.err()).toBe('o Write files\r\u001b[2Kv Write files\n');
});

test.each([{ TERM: 'dumb' }, { CI: '1' }])('no control codes on a terminal with %o', async (env) => {
  const system = io({ columns: 80 }, env);
  await progressOn(system)('Write files', async () => ({ value: 0 }));
  await setTimeout();
  expect(system.err()).toBe('-> Write files\nok Write files (1.2s)\n');
});
