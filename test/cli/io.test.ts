import { describe, expect, onTestFinished, test } from 'vitest';
import { isInteractive, screenOf } from '../../src/cli/io.ts';
import { fakeSystem } from '../support/fake-system.ts';

const asked = { yes: false, json: false, noInput: false, config: undefined };

function terminal() {
  const system = fakeSystem({ columns: 80 });
  onTestFinished(system.remove);
  return system;
}

describe('a person is asked', () => {
  test('at a terminal', () => {
    expect(isInteractive(terminal(), asked)).toBe(true);
  });

  test('also when stdout goes into a pipe: prompts are drawn on stderr', () => {
    const system = terminal();
    system.stdout.isTTY = false;
    expect(isInteractive(system, asked)).toBe(true);
    expect(screenOf(system)).toBe(system.stderr);
  });

  test('also when stderr goes into a file: prompts are drawn on stdout', () => {
    const system = terminal();
    system.stderr.isTTY = false;
    expect(isInteractive(system, asked)).toBe(true);
    expect(screenOf(system)).toBe(system.stdout);
  });

  test('with an empty CI variable', () => {
    expect(isInteractive({ ...terminal(), env: { CI: '' } }, asked)).toBe(true);
  });
});

describe('nobody is asked', () => {
  test.each([{ yes: true }, { json: true }, { noInput: true }, { config: '-' }])('with %o', (flags) => {
    expect(isInteractive(terminal(), { ...asked, ...flags })).toBe(false);
  });

  test.each(['1', 'true', 'woodpecker'])('with CI=%s', (value) => {
    expect(isInteractive({ ...terminal(), env: { CI: value } }, asked)).toBe(false);
  });

  test('when stdin is no terminal', () => {
    const system = terminal();
    system.stdin.isTTY = false;
    expect(isInteractive(system, asked)).toBe(false);
  });

  test('when nothing that is written can be seen', () => {
    const system = terminal();
    system.stdout.isTTY = false;
    system.stderr.isTTY = false;
    expect(isInteractive(system, asked)).toBe(false);
  });
});
