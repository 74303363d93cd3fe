import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { npx } from '../../src/cli/program.ts';
import { Cancelled } from '../../src/errors.ts';
import type { FakeSystem } from '../support/fake-system.ts';
import { filesBelow, testSystem } from '../support/run-main.ts';
import { keys, type Person, personAt } from '../support/terminal.ts';

const { down, enter, interrupt } = keys;

function start(argv: readonly string[]): { system: FakeSystem; person: Person; code: Promise<number> } {
  const system = testSystem({ columns: 100 });
  return { system, person: personAt(system), code: main(argv, system) };
}

/** What is left to be asked when these flags are given: nothing. */
const allSaid =
  '--provider none --layout standard --cluster a --component none --app none --notify none --secrets none'.split(' ');

describe('leaving keeps the answers in a command', () => {
  test.each([
    ['Ctrl-C', interrupt],
    ['Esc', keys.escape],
  ])('%s', async (_name, key) => {
    const { system, person, code } = start(['--no-git']);
    await person.answer('Which folder', 'my work/demo', enter);
    await person.answer('Who will host it?', down, enter);
    await person.answer('owns it?', 'acme', enter);
    await person.answer('How is the platform', key);
    expect(await code).toBe(130);
    expect(system.err()).toContain(
      `Cancelled. Nothing was written.\nYour answers so far: ${npx} 'my work/demo' --provider github --owner acme --no-git\n`,
    );
    expect(system.out()).toBe('');
  });

  test('a signal in the review', async () => {
    const { system, person, code } = start(['demo', ...allSaid.slice(2)]);
    await person.answer('Who will host it?', enter);
    await person.see('Apply this?');
    system.abort(new Cancelled('SIGTERM'));
    expect(await code).toBe(143);
    expect(system.err()).toContain(
      `Your answers so far: ${npx} demo --provider none --layout standard --cluster a --component none --app none --notify none --secrets none\n`,
    );
  });

  test('what a file says stays in the file', async () => {
    const system = testSystem({ columns: 100 });
    writeFileSync(join(system.cwd, 'answers.yaml'), 'layout: standard\nclusters:\n  a:\n    environment: b\n');
    const person = personAt(system);
    const code = main(['--config', 'answers.yaml'], system);
    await person.answer('Which folder', 'demo', enter);
    await person.answer('Who will host it?', interrupt);
    expect(await code).toBe(130);
    expect(system.err()).toContain(`Your answers so far: ${npx} demo --config answers.yaml\n`);
  });

  test('before the first answer there is nothing to keep', async () => {
    const { system, person, code } = start(['demo']);
    await person.answer('Who will host it?', interrupt);
    expect(await code).toBe(130);
    expect(system.err()).toMatch(/Cancelled\. Nothing was written\.\n$/);
  });
});

describe('at "Which answer?"', () => {
  test('Esc goes back to the review', async () => {
    const { system, person, code } = start(['demo', ...allSaid]);
    await person.answer('Apply this?', down, enter);
    await person.answer('Which answer?', keys.escape);
    await person.see('Review');
    await person.answer('Apply this?', enter);
    expect(await code).toBe(0);
    expect(Object.keys(filesBelow(system.cwd))).toContain('demo/flux-repo.yaml');
  });

  test.each([
    ['Ctrl-C', (system: FakeSystem) => system.stdin.write(interrupt), 130],
    ['a signal', (system: FakeSystem) => system.abort(new Cancelled('SIGTERM')), 143],
  ] as const)('%s leaves', async (_name, leave, expected) => {
    const { system, person, code } = start(['demo', ...allSaid]);
    await person.answer('Apply this?', down, enter);
    await person.see('Which answer?');
    leave(system);
    expect(await code).toBe(expected);
    expect(filesBelow(system.cwd)).toEqual({});
  });
});

describe('lists', () => {
  test.each(['a, b', 'a,b', 'a ,b'])('with commas (%s) are told to be without', async (line) => {
    const { person, code } = start(['demo', '--provider', 'none', '--layout', 'standard']);
    await person.answer('Which clusters?', line, enter);
    await person.see('separate clusters with blanks, not commas');
    await person.answer('', keys.clear, 'a b,region=eu,k=x\\,', enter);
    await person.answer('Which building blocks', interrupt);
    expect(await code).toBe(130);
  });

  test('"none" at the apps makes none, and goes with no other', async () => {
    const { system, person, code } = start(['demo', ...allSaid.slice(0, 8), '--secrets', 'none']);
    await person.answer('Which apps?', 'none web', enter);
    await person.see('"none" does not go with other apps');
    await person.answer('', keys.clear, 'none', enter);
    await person.answer('Where is told what failed?', enter);
    expect(await person.see('Apply this?')).toMatch(/Apps +none/);
    await person.answer('', down, enter);
    // up from the top to the last answers: Apps, Teams and Secrets
    await person.answer('Which answer?', keys.up, keys.up, keys.up, keys.up, enter);
    await person.answer('Which apps?', 'web', enter);
    await person.see('Apply this?');
    system.stdin.write(enter);
    expect(await code).toBe(0);
    expect(Object.keys(filesBelow(join(system.cwd, 'demo/apps/base')))).toContain('web/deployment.yaml');
  });
});

test('on a narrow terminal what is said at the end breaks between words', async () => {
  const system = testSystem({ columns: 40 });
  const person = personAt(system);
  const code = main(['demo', ...allSaid], system);
  await person.answer('Apply this?', keys.up, enter);
  expect(await code).toBe(0);
  expect(system.out()).toMatch(
    /^Saved your answers in demo\.draft\.yaml\.\nNothing else was written\. Go on with:\n {2}npx /,
  );
});
