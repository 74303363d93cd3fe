import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CheckedProblem } from '../../../src/check/run-rules.ts';
import type { CheckReport } from '../../../src/cli/check/check-report.ts';
import type { CheckOptions } from '../../../src/cli/check-command.ts';
import { applyFixes } from '../../../src/commands/check/apply-fixes.ts';
import { testSystem } from '../../support/run-main.ts';

const before = '# kept\na: 1 # kept too\nb: 2\n';
const global = {
  ...{
    yes: false,
    dryRun: false,
    json: false,
    verbose: false,
    noInput: false,
    config: undefined,
    directory: undefined,
  },
};
const options: CheckOptions = {
  ...global,
  change: {
    ...{ ...global, commit: false, pullRequest: false, caFile: undefined, keysDirectory: undefined },
    sides: { ours: [], theirs: [] },
  },
  ...{ folder: undefined, format: 'text', cluster: undefined, fix: true, strict: false, explain: undefined },
  listRules: false,
};

function broken() {
  const system = testSystem();
  const root = join(system.cwd, 'repository');
  mkdirSync(root);
  writeFileSync(join(root, 'a.yaml'), before);
  const problem: CheckedProblem = {
    ...{ rule: 'test/any', severity: 'error', message: 'wrong', file: 'a.yaml', hint: 'x', fingerprint: 'x' },
    isNextStep: false,
    fix: { file: 'a.yaml', operations: [{ op: 'set', path: ['a'], value: 3 }] },
  };
  const report: CheckReport = { problems: [problem], notBuilt: [], files: 1, clusters: 0, textOf: () => before };
  const io = { ...system, interactive: false };
  return { report, root, io, text: () => readFileSync(join(root, 'a.yaml'), 'utf8') };
}

test('--fix with --yes changes what is wrong and nothing else', async () => {
  const { io, root, report, text } = broken();
  const { isWritten, changes, text: told } = await applyFixes(io, root, report, { ...options, yes: true });

  expect({ isWritten, paths: changes.map(({ path }) => path) }).toEqual({ isWritten: true, paths: ['a.yaml'] });
  expect(text()).toBe('# kept\na: 3 # kept too\nb: 2\n');
  expect(told).toContain('-a: 1 # kept too\n+a: 3 # kept too\n');
  expect(told).toMatch(/\nFixed a\.yaml\.\n/);
});

test('--fix says what it leaves as it is', async () => {
  const { io, root, report } = broken();
  const unreadable = { ...report, textOf: () => 'a: [1\n' };
  const { isWritten, text: told } = await applyFixes(io, root, unreadable, { ...options, yes: true });

  expect(isWritten).toBe(false);
  expect(told).toMatch(/^Left as it is: a\.yaml:/);
});

test('--fix shows no password beside what it changes', async () => {
  const { io, root, report } = broken();
  const beside = (text: string) =>
    applyFixes(io, root, { ...report, textOf: () => text }, { ...options, dryRun: true });

  expect((await beside('password: hunter2\na: 1\n')).text).toContain(' password: ...\n-a: 1\n+a: 3\n');
  expect((await beside('kind: Secret\na: 1\ndata: {x: hunter2}\n')).text).not.toContain('hunter2');
});

test('--fix with --dry-run shows it', async () => {
  const { io, root, report, text } = broken();
  const made = await applyFixes(io, root, report, { ...options, dryRun: true });

  expect(made.text).toContain('-a: 1 # kept too\n+a: 3 # kept too\n');
  expect(text()).toBe(before);
});

test('--fix without a person to ask, and without --yes, is refused', async () => {
  const { io, root, report, text } = broken();

  await expect(applyFixes(io, root, report, options)).rejects.toMatchObject({ code: 'needs-consent', exitCode: 2 });
  expect(text()).toBe(before);
});
