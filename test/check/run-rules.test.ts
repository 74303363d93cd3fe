import { describe, expect, test } from 'vitest';
import type { Finding, Rule } from '../../src/check/rule.ts';
import { checkIgnoreWithoutReason, checkUnknownIgnore } from '../../src/check/rules/check-ignore.ts';
import { runRules } from '../../src/check/run-rules.ts';
import { checkFiles, readFiles, shown } from '../support/checked.ts';

function rule(findings: readonly Finding[], id = 'test/any'): Rule {
  return { id, severity: 'error', why: 'It fails.', fix: 'Do it right.', find: () => findings };
}

const at = (line: number): Finding => ({ message: 'wrong', at: { file: 'a.yaml', line, column: 1 } });

describe('A finding is turned off', () => {
  const lines = (comment: string, row: number) => ['a: 1', 'b: 2', 'c: 3'].toSpliced(row, 0, comment).join('\n');

  test.each([
    ['by a comment above', lines('# flux-repo-ignore test/any: known', 1), 3, []],
    ['by a comment behind', 'a: 1 # flux-repo-ignore test/any: known\n', 1, []],
    ['on top of the file, for all of it', '---\n# flux-repo-ignore test/any: known\na: 1\nb: 1\nc: 1\n', 5, []],
    ['by its group', 'a: 1 # flux-repo-ignore test/*: known\n', 1, []],
    [
      'not from two lines above',
      lines('# flux-repo-ignore test/any: known', 1),
      4,
      ['error test/any', 'info check/unused-ignore'],
    ],
    [
      'not for another rule',
      'a: 1 # flux-repo-ignore check/ignore-without-reason: known\n',
      1,
      ['error test/any', 'info check/unused-ignore'],
    ],
    [
      'not for a name that no rule has',
      'a: 1 # flux-repo-ignore test/ony: known\n',
      1,
      ['error test/any', 'warning check/unknown-ignore'],
    ],
    [
      'not without a reason',
      'a: 1 # flux-repo-ignore test/any\n',
      1,
      ['error test/any', 'warning check/ignore-without-reason'],
    ],
  ])('%s', async (_, text, line, told) => {
    const problems = await checkFiles({ 'a.yaml': text }, [rule([at(line)]), checkIgnoreWithoutReason]);

    expect(problems.map((problem) => `${problem.severity} ${problem.rule}`).sort()).toEqual(told);
  });

  test.each([
    ['test/ony', 'Did you mean test/any?'],
    ['any', 'Did you mean test/any?'],
    ['tests/*', checkUnknownIgnore.fix],
  ])('by %s, which is no rule, with advice', async (name, hint) => {
    const problems = await checkFiles({ 'a.yaml': `a: 1 # flux-repo-ignore ${name}: known\n` }, [rule([])]);

    expect(problems).toMatchObject([{ rule: 'check/unknown-ignore', severity: 'warning', line: 1, column: 6, hint }]);
  });
});

test('Findings are told by file, line and column', async () => {
  const finding = (file: string, line: number, column: number) => ({ message: 'x', at: { file, line, column } });
  const found = [finding('b.yaml', 1, 1), finding('a.yaml', 10, 1), finding('a.yaml', 2, 5), finding('a.yaml', 2, 1)];

  expect(shown(await checkFiles({}, [rule(found)]))).toEqual([
    'error test/any a.yaml:2:1',
    'error test/any a.yaml:2:5',
    'error test/any a.yaml:10:1',
    'error test/any b.yaml:1:1',
  ]);
});

describe('A finding of several clusters', () => {
  const files = { 'clusters/a/x.yaml': 'a: 1\n', 'clusters/b/x.yaml': 'a: 1\n', 'clusters/c/x.yaml': 'a: 1\n' };
  const on = (cluster: string, file = 'apps/web.yaml'): Finding => ({ message: 'wrong', at: { file }, cluster });

  test.each([
    ['all of them', [on('a'), on('b'), on('c')], 'wrong'],
    ['two of them', [on('c'), on('a')], 'wrong (on clusters a and c)'],
    ['one of them', [on('b')], 'wrong (on cluster b)'],
    ['one, in its own folder', [on('b', 'clusters/b/x.yaml')], 'wrong'],
  ])('is told once: %s', async (_, findings, message) => {
    const problems = await checkFiles(files, [rule(findings)]);

    expect(problems.map((problem) => problem.message)).toEqual([message]);
  });

  test('is left out when another cluster is asked for', async () => {
    const repository = await readFiles(files);
    const findings = [
      on('a'),
      on('b'),
      { message: 'all', at: { file: 'x.yaml' } },
      { message: 'far', at: { file: 'y.yaml' } },
    ];
    const of = { cluster: 'a', reads: (path: string) => path === 'x.yaml' };

    expect(runRules(repository, [rule(findings)], of).map(({ message }) => message)).toEqual([
      'wrong (on cluster a)',
      'all',
    ]);
  });
});

test('A fingerprint stays when lines move, and tells places apart', async () => {
  const finding = (line: number, key: string): Finding => ({ message: 'wrong', at: { file: 'a.yaml', line }, key });
  const prints = async (...findings: Finding[]) =>
    (await checkFiles({}, [rule(findings)])).map(({ fingerprint }) => fingerprint);
  const [one] = await prints(finding(1, 'spec.a'));

  expect(await prints(finding(7, 'spec.a'))).toEqual([one]);
  expect(await prints(finding(1, 'spec.b'))).not.toEqual([one]);
});
