import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'results-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A vitest report of one file with tests of these statuses. */
const report = (...statuses: string[]) => ({
  testResults: [
    {
      name: 'a.test.ts',
      status: statuses.includes('failed') ? 'failed' : 'passed',
      assertionResults: statuses.map((status, at) => ({ fullName: `test ${at}`, status })),
    },
  ],
});

function lane(name: string, code: number, result?: object, log = '') {
  writeFileSync(join(folder, 'lanes'), `${name} ${code}\n`, { flag: 'a' });
  writeFileSync(join(folder, `${name}.log`), log);
  if (result !== undefined) writeFileSync(join(folder, `${name}.json`), JSON.stringify(result));
}

const check = (name: string, code: number) => writeFileSync(join(folder, 'checks'), `${name} ${code}\n`, { flag: 'a' });

/** @returns exit code and the printed lines */
function count() {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/count-results.mjs', folder], { encoding: 'utf8' });
  const lines = stdout.trim().split('\n');
  return { code: status, last: lines.at(-1), lines };
}

describe('the closing line', () => {
  it('adds up tests and other checks', () => {
    lane('fast', 0, report('passed', 'passed'));
    check('lint', 0);
    expect(count()).toMatchObject({ code: 0, last: '3 passed, 0 failed' });
  });

  it('names a failed test and a failed check', () => {
    lane('fast', 1, report('passed', 'failed'));
    check('lint', 1);
    const counted = count();
    expect(counted).toMatchObject({ code: 1, last: '1 passed, 2 failed' });
    expect(counted.lines).toEqual(expect.arrayContaining(['failed: fast: test 1', 'failed: lint']));
  });

  it('counts skipped tests and says why they were', () => {
    lane('fast', 0, report('passed', 'skipped', 'todo'), 'SKIPPED age: not found in PATH\n');
    const counted = count();
    expect(counted).toMatchObject({ code: 0, last: '1 passed, 0 failed, 2 skipped' });
    expect(counted.lines.join('\n')).toContain('SKIPPED age: not found in PATH');
  });

  it('fails for a lane that stopped before its first test', () => {
    check('lint', 0);
    lane('fast', 1);
    expect(count()).toMatchObject({ code: 1, last: '1 passed, 1 failed' });
  });

  it('fails for a lane whose tests passed and whose command did not', () => {
    lane('fast', 1, report('passed'));
    expect(count()).toMatchObject({ code: 1, last: '1 passed, 1 failed' });
  });

  it('fails for a lane that ran no test', () => {
    check('lint', 0);
    lane('fast', 0, { testResults: [] });
    expect(count()).toMatchObject({ code: 1, last: '1 passed, 1 failed' });
  });

  it('fails for a test file that could not be loaded', () => {
    lane('fast', 1, { testResults: [{ name: 'b.test.ts', status: 'failed', assertionResults: [] }] });
    expect(count()).toMatchObject({ code: 1, last: '0 passed, 1 failed' });
  });

  it('fails when nothing ran', () => {
    expect(count()).toMatchObject({ code: 1, last: '0 passed, 0 failed' });
  });
});
