import { expect, test } from 'vitest';
import { failureText } from '../../src/cli/failure-text.ts';
import { marksFor, type Paint } from '../../src/cli/marks.ts';
import { Cancelled, ExpectedError } from '../../src/errors.ts';

const plain: Paint = (_style, text) => text;
const look = { paint: plain, marks: marksFor({ env: {}, platform: 'linux' }), verbose: false };

test('a failure is told in three parts: what, why, what to do', () => {
  const failure = new ExpectedError({
    code: 'x',
    exitCode: 2,
    message: 'cannot do it',
    why: ['one reason', 'two\nlines'],
    problems: [
      { rule: 'model/value', severity: 'error', message: 'is wrong', file: 'flux-repo.yaml', line: 3, column: 5 },
      { rule: 'model/value', severity: 'error', message: 'is wrong too' },
    ],
    hint: 'npx do-it',
  });
  expect(failureText(failure, undefined, look).split('\n')).toEqual([
    '✗ cannot do it',
    '  one reason',
    '  two',
    '  lines',
    '  flux-repo.yaml:3:5 is wrong',
    '  is wrong too',
    '  Try: npx do-it',
  ]);
});

test('on a narrow terminal lines break between words, but a command stays whole', () => {
  const failure = new ExpectedError({
    code: 'x',
    exitCode: 2,
    message: 'cannot do what was asked',
    why: ['one reason that is long'],
    hint: 'npx do-it --with all --of these --words',
  });
  expect(failureText(failure, undefined, { ...look, width: 20 }).split('\n')).toEqual([
    '✗ cannot do what',
    '  was asked',
    '  one reason that',
    '    is long',
    '  Try: npx do-it --with all --of these --words',
  ]);
});

test('control characters from outside do not reach the terminal', () => {
  const failure = new ExpectedError({
    code: 'x',
    exitCode: 1,
    message: 'no \u001b[2J',
    why: ['\u0007'],
    hint: '\u009b1m',
  });
  expect(failureText(failure, undefined, look).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('an interruption says what exists now', () => {
  expect(failureText(new Cancelled(), 'Nothing was written.', look)).toBe('Cancelled. Nothing was written.');
});

test('a bug of ours says so and asks for a report; the stack comes with --verbose', () => {
  const bug = new TypeError('undefined is not a function');
  expect(failureText(bug, undefined, look)).toMatch(
    /has a bug\n {2}TypeError: undefined is not a function\n {2}Try: report it at/,
  );
  expect(failureText(bug, undefined, look)).not.toContain('failure-text.test.ts');
  expect(failureText(bug, undefined, { ...look, verbose: true })).toContain('failure-text.test.ts');
});
