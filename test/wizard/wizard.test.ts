import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { Cancelled } from '../../src/errors.ts';
import type { FakeSystem } from '../support/fake-system.ts';
import { filesBelow, testSystem } from '../support/run-main.ts';
import { keys, type Person, personAt } from '../support/terminal.ts';

const { down, enter, interrupt, space, clear } = keys;

/** Starts the program at a terminal. */
function start(argv: readonly string[], columns = 100): { system: FakeSystem; person: Person; code: Promise<number> } {
  const system = testSystem({ columns });
  const person = personAt(system);
  return { system, person, code: main(argv, system) };
}

/** Enter at every question after the folder, up to the review. */
async function takeDefaults(person: Person): Promise<void> {
  for (const question of [
    'Who will host it?',
    'How is the platform',
    'Which clusters?',
    'Which building blocks',
    'Which apps?',
    'Where is told what failed?',
  ])
    await person.answer(question, enter);
  await person.answer('How are secrets kept?', enter);
  await person.answer('What does one key open?', enter);
}

const written = (system: FakeSystem) => ({ ...filesBelow(system.cwd), ...filesBelow(system.home) });

describe('asking', () => {
  test('Enter all the way is what --yes does, shown before anything is written', async () => {
    const { system, person, code } = start([]);
    await person.answer('Which folder shall hold the repository?', 'demo', enter);
    await takeDefaults(person);
    const review = await person.see('Apply this?');
    expect(written(system)).toEqual({});
    for (const text of [
      'production staging',
      'SOPS with age',
      'One key per cluster',
      '70 files in demo',
      '3 private keys',
      'recovery.agekey',
      'one commit',
    ])
      expect(review).toContain(text);
    system.stdin.write(enter);
    expect(await code).toBe(0);
    expect(system.out()).toContain('Created 70 files in demo');
    expect(system.out()).toMatch(/npx create-flux-repo@\S+ demo --yes\n$/);
  });

  test('a folder that cannot be used is refused in the prompt', async () => {
    const { system, person, code } = start([]);
    mkdirSync(join(system.cwd, 'full'));
    writeFileSync(join(system.cwd, 'full/file'), '');
    await person.answer('Which folder', 'full', enter);
    await person.see('not empty');
    await person.answer('', clear, 'demo', enter);
    await person.answer('Who will host it?', interrupt);
    expect(await code).toBe(130);
  });

  test('only what a flag or a file did not answer is asked; what a provider needs is', async () => {
    const { system, person, code } = start([
      'demo',
      '--cluster',
      'a',
      '--component',
      'none',
      '--app',
      'web',
      '--layout',
      'standard',
    ]);
    await person.answer('Who will host it?', down, enter);
    await person.answer('Which user, organisation or group owns it?', enter);
    await person.see('must be a user, an organisation or a group');
    await person.answer('', 'acme', enter);
    await person.answer('Where is told what failed?', enter);
    await person.answer('How are secrets kept?', down, down, down, enter);
    const review = await person.see('Apply this?');
    expect(review).toContain('acme');
    expect(review).toMatch(/Secrets +None/);
    expect(review).not.toContain('private key');
    system.stdin.write(enter);
    expect(await code).toBe(0);
  });

  test('mistakes are told by the same words as for a flag, and can be put right', async () => {
    const { person, code } = start(['demo', '--provider', 'none', '--layout', 'standard', '--component', 'none']);
    await person.answer('Which clusters?', 'Prod a a', enter);
    await person.see('try "prod"');
    await person.answer('', clear, 'prod-eu:production,region=eu staging', enter);
    await person.answer('Which apps?', 'web,imge=x', enter);
    await person.see('did you mean "image"?');
    await person.answer('', clear, 'web,image=ghcr.io/acme/web:1', enter);
    await person.answer('Where is told what failed?', enter);
    await person.answer('How are secrets kept?', interrupt);
    expect(await code).toBe(130);
  });

  test('a component without what it needs is told, and asked again', async () => {
    const { person, code } = start(['demo', '--provider', 'none', '--layout', 'standard', '--cluster', 'a']);
    await person.answer('Which building blocks', down, down, space, enter);
    await person.see('"envoy-gateway" needs "gateway-api" as well');
    await person.answer('Which building blocks', interrupt);
    expect(await code).toBe(130);
  });

  test('what failed is told where a person says, and nowhere if they say nothing', async () => {
    const flags = '--provider none --layout standard --cluster a --component none --app none --secrets none';
    const { system, person, code } = start(['demo', ...flags.split(' ')]);
    await person.answer('Where is told what failed?', space, down, down, space, enter);
    expect(await person.see('Apply this?')).toMatch(/Notifications +slack discord/);
    system.stdin.write(enter);
    expect(await code).toBe(0);
    expect(readFileSync(join(system.cwd, 'demo/flux-repo.yaml'), 'utf8')).toContain('  discord: {}\n  slack: {}\n');
    expect(system.out()).toContain('--notify slack --notify discord');
  });

  test('who chooses a layout for teams is asked for them', async () => {
    const { person, code } = start(['demo', '--provider', 'none', '--component', 'none', '--app', 'none']);
    await person.answer('How is the platform', down);
    await person.see('several teams share clusters');
    await person.answer('', enter);
    await person.answer('Which clusters?', enter);
    await person.answer('Which teams?', 'shop,sorce=a', enter);
    await person.see('did you mean "source"?');
    await person.answer('', clear, 'shop search,source=https://github.com/acme/search', enter);
    await person.answer('Where is told what failed?', enter);
    await person.answer('How are secrets kept?', interrupt);
    expect(await code).toBe(130);
    expect(person.screen()).toContain('--team shop --team search,source=https://github.com/acme/search');
  });

  test('flags that cannot be used are refused before the first question', async () => {
    const { system, code } = start(['demo', '--cluster', 'A', '--component', 'nope']);
    expect(await code).toBe(2);
    expect(system.err()).toContain('"A" is not allowed');
    expect(system.err()).toContain('"nope" is no component');
    expect(system.err()).not.toContain('Who will host it?');
  });
});

describe('leaving', () => {
  test.each([
    ['Ctrl-C', interrupt],
    ['Esc', keys.escape],
  ])('%s at any question: cancelled, nothing written, 130', async (_name, key) => {
    const { system, person, code } = start([]);
    await person.answer('Which folder', 'demo', enter);
    await person.answer('Who will host it?', key);
    expect(await code).toBe(130);
    expect(system.err()).toContain('Cancelled. Nothing was written.\n');
    expect(written(system)).toEqual({});
  });

  test('a signal at a question: 143', async () => {
    const { system, person, code } = start(['demo']);
    await person.see('Who will host it?');
    system.abort(new Cancelled('SIGTERM'));
    expect(await code).toBe(143);
    expect(system.err()).toContain('Cancelled. Nothing was written.');
  });

  test('Ctrl-C in the review writes nothing', async () => {
    const { system, person, code } = start(['demo']);
    await takeDefaults(person);
    await person.answer('Apply this?', interrupt);
    expect(await code).toBe(130);
    expect(written(system)).toEqual({});
  });
});

describe('the review', () => {
  test('a changed answer asks again what depends on it, and nothing else', async () => {
    const { system, person, code } = start(['demo', '--no-git']);
    await person.answer('Who will host it?', down, down, down, enter);
    await person.answer('owns it?', 'acme', enter);
    await person.answer('Where is the server?', 'git.example.com', enter);
    for (const question of [
      'How is the platform',
      'Which clusters?',
      'Which building blocks',
      'Which apps?',
      'Where is told what failed?',
      'secrets kept?',
      'one key open?',
    ])
      await person.answer(question, enter);
    expect(await person.see('Apply this?')).toContain('git.example.com');
    await person.answer('', down, enter);
    await person.answer('Which answer?', down, down, enter);
    // from Gitea up to GitHub
    await person.answer('Who will host it?', keys.up, keys.up, enter);
    await person.answer('owns it?', '-corp', enter);
    const review = await person.see('Apply this?');
    expect(review).toContain('GitHub');
    expect(review).toContain('acme-corp');
    expect(review).not.toContain('git.example.com');
    system.stdin.write(enter);
    expect(await code).toBe(0);
    expect(readFileSync(join(system.cwd, 'demo/flux-repo.yaml'), 'utf8')).not.toContain('host:');
    expect(system.out()).toContain('demo --provider github --owner acme-corp --no-git --yes');
  });

  test('shows every file', async () => {
    const { person, code } = start(['demo']);
    await takeDefaults(person);
    await person.answer('Apply this?', down, down, enter);
    await person.see('Files in demo');
    expect(await person.see('Apply this?')).toContain('clusters/production/flux-system/kustomization.yaml');
    await person.answer('', interrupt);
    expect(await code).toBe(130);
  });

  test('names that contradict each other are told, and one can be changed', async () => {
    const { person, code } = start(['demo', '--provider', 'none', '--layout', 'standard', '--cluster', 'a']);
    await person.answer('Which building blocks', enter);
    await person.answer('Which apps?', 'gateway-api', enter);
    await person.answer('Where is told what failed?', enter);
    await person.answer('secrets kept?', enter);
    await person.answer('one key open?', enter);
    await person.see('taken by component "gateway-api"');
    await person.answer('Which answer?', interrupt);
    expect(await code).toBe(130);
  });

  test('saves the answers, and goes on with them later', async () => {
    const { system, person, code } = start(['demo']);
    writeFileSync(join(system.cwd, 'demo.draft.yaml'), 'mine\n');
    await takeDefaults(person);
    await person.answer('Apply this?', down, down, down, enter);
    expect(await code).toBe(0);
    expect(readFileSync(join(system.cwd, 'demo.draft.yaml'), 'utf8')).toBe('mine\n');
    expect(Object.keys(written(system))).toEqual(['demo-2.draft.yaml', 'demo.draft.yaml']);
    expect(system.out()).toMatch(/npx create-flux-repo@\S+ demo --config demo-2\.draft\.yaml\n$/);
    const again = personAt(system);
    await again.see('Save and quit');
    const second = main(['demo', '--config', 'demo-2.draft.yaml'], system);
    await again.answer('Apply this?', enter);
    expect(await second).toBe(0);
  });

  test('with --dry-run everything is asked, the plan shown, and nothing written', async () => {
    const { system, person, code } = start(['demo', '--dry-run']);
    await takeDefaults(person);
    expect(await code).toBe(0);
    expect(system.out()).toContain('Would create 70 files in demo');
    expect(written(system)).toEqual({});
  });
});

describe('odd terminals', () => {
  test('40 columns: no line of the review is wider', async () => {
    const { person, code } = start(['demo'], 40);
    await takeDefaults(person);
    const review = await person.see('Apply this?');
    const drawn = review.slice(review.indexOf('Review'));
    expect(drawn.split('\n').filter((line) => line.length > 40)).toEqual([]);
    await person.answer('', interrupt);
    expect(await code).toBe(130);
  });

  test('no private key is ever on the screen', async () => {
    const { system, person, code } = start(['demo', '--no-git']);
    await takeDefaults(person);
    await person.answer('Apply this?', enter);
    expect(await code).toBe(0);
    expect(/AGE-SECRET-KEY-1[0-9A-Z]{10}/.test(system.err() + system.out())).toBe(false);
  });
});
