import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { rules } from '../../../src/check/rules.ts';
import type { CheckedProblem } from '../../../src/check/run-rules.ts';
import type { CheckReport } from '../../../src/cli/check/check-report.ts';
import { codeFrame } from '../../../src/cli/check/code-frame.ts';
import { githubAnnotations } from '../../../src/cli/check/github.ts';
import { sarifLog } from '../../../src/cli/check/sarif.ts';

const problem: CheckedProblem = {
  rule: 'reference/path',
  severity: 'error',
  message: '100% wrong: a, b\nand more',
  file: 'apps/my app,1:2/ä.yaml',
  line: 3,
  column: 5,
  hint: 'Do it.',
  fingerprint: 'x',
  isNextStep: false,
};
const report: CheckReport = {
  problems: [problem, { ...problem, severity: 'warning', rule: 'yaml/tab' }, noPlace('info')],
  notBuilt: [],
  files: 2,
  clusters: 1,
  textOf: () => undefined,
};

function noPlace(severity: CheckedProblem['severity']): CheckedProblem {
  const { line, column, ...rest } = problem;
  return { ...rest, severity, file: 'a.yaml' };
}

const schema = JSON.parse(readFileSync('test/commands/check/sarif-2.1.0.json', 'utf8')) as object;

test('A SARIF log is what the standard says, with the place of each finding', () => {
  const log: unknown = JSON.parse(sarifLog(report, rules, 'infra/'));
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
  validate(log);

  expect(validate.errors).toBeNull();
  expect(log).toMatchObject({
    runs: [
      {
        results: [
          {
            ruleId: 'reference/path',
            level: 'error',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'infra/apps/my%20app%2C1%3A2/%C3%A4.yaml' },
                  region: { startLine: 3, startColumn: 5 },
                },
              },
            ],
          },
          { level: 'warning' },
          { level: 'note' },
        ],
      },
    ],
  });
  for (const { ruleId, ruleIndex } of (log as { runs: { results: { ruleId: string; ruleIndex: number }[] }[] }).runs[0]
    ?.results ?? [])
    expect(rules[ruleIndex]?.id).toBe(ruleId);
});

test('An annotation keeps to one line, whatever the file is called', () => {
  expect(githubAnnotations(report, '', { verbose: true }).split('\n')).toEqual([
    '::error file=apps/my app%2C1%3A2/ä.yaml,line=3,col=5,title=reference/path::100%25 wrong: a, b%0Aand more%0ADo it.',
    '::warning file=apps/my app%2C1%3A2/ä.yaml,line=3,col=5,title=yaml/tab::100%25 wrong: a, b%0Aand more%0ADo it.',
    '::notice file=a.yaml,title=reference/path::100%25 wrong: a, b%0Aand more%0ADo it.',
    '1 error, 1 warning and 1 note in 2 files, 1 cluster.',
    '',
  ]);
});

test('Annotations leave out notes, but for their number, unless they are asked for', () => {
  const lines = githubAnnotations(report, '', { verbose: false }).split('\n');

  expect(lines.map((line) => line.split(' ')[0])).toEqual(['::error', '::warning', '1', '']);
  expect(lines).toContain('1 error, 1 warning and 1 note in 2 files, 1 cluster.');
});

describe('A look at the place', () => {
  const look = { paint: (_: unknown, text: string) => text, width: 40 };

  test.each([
    [
      'in the middle',
      'a: 1\nb: 2\nc: 3\n',
      { line: 2, column: 4 },
      ['  1 | a: 1', '> 2 | b: 2', '    |    ^', '  3 | c: 3'],
    ],
    ['at the end', 'a: 1\nb: 2', { line: 2 }, ['  1 | a: 1', '> 2 | b: 2']],
    ['in a long line', `a: ${'x'.repeat(99)}`, { line: 1, column: 90 }, [`> 1 | a: ${'x'.repeat(28)}...`]],
    ['beside a password', 'password: x1\nb: 2\n', { line: 2 }, ['  1 | password: ...', '> 2 | b: 2']],
    ['above a text that is a password', 'password: |-\n  x1\n', { line: 1 }, ['> 1 | password: ...', '  2 | ...']],
    [
      'in the middle of a key',
      'values:\n  key.json: |\n    {\n      "a": "x1",\n    }\n  b: 2\n',
      { line: 5 },
      ['  4 | ...', '> 5 | ...', '  6 |   b: 2'],
    ],
    [
      'beside a webhook',
      'b: 2\naddress: https://hooks.slack.example/T0/x1\n',
      { line: 1 },
      ['> 1 | b: 2', '  2 | address: ...'],
    ],
    ['in a Secret', 'kind: Secret\ndata:\n  a: x\n', { line: 3 }, []],
    ['beyond the file', 'a: 1\n', { line: 9 }, []],
    ['with control characters', 'a: \u001b[1m\n', { line: 1 }, ['> 1 | a: \\u001b[1m']],
  ])('%s', (_, text, place, lines) => {
    expect(codeFrame(text, place, look)).toEqual(lines);
  });
});
