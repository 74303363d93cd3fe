import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Draft } from '../../src/model/model.ts';
import { draftText } from '../../src/model/write-model.ts';
import { equivalentCommand, sameTexts } from '../../src/wizard/equivalent-command.ts';
import { questions } from '../../src/wizard/questions.ts';
import { takeFlags, withDefaults } from '../../src/wizard/resolve.ts';
import { filesBelow, runMain, testSystem } from '../support/run-main.ts';
import { keys, personAt } from '../support/terminal.ts';

const surroundings = { cwd: '/work', env: {}, home: '/home/a', platform: 'linux' as const };
const { down, enter, space } = keys;

/** One public key for everything, so that no run makes keys of its own. */
const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

describe('the same answers make the same files', () => {
  const flags =
    '--provider github --owner acme --cluster eu:production,region=eu --cluster staging --component gateway-api --app web --secrets none'.split(
      ' ',
    );
  const file: Draft = {
    repository: { provider: 'github', owner: 'acme' },
    clusters: { eu: { environment: 'production', variables: { region: 'eu' } }, staging: { environment: 'staging' } },
    components: { 'gateway-api': {} },
    apps: { web: { image: 'nginx:1.27' } },
    secrets: { strategy: 'none' },
  };

  test('by flags, by a file, by both, by prompts', async () => {
    const byFlags = testSystem();
    expect((await runMain(byFlags, ['demo', '--yes', ...flags])).code).toBe(0);

    const byFile = testSystem();
    writeFileSync(join(byFile.cwd, 'answers.yaml'), draftText(file));
    expect((await runMain(byFile, ['demo', '--yes', '--config', 'answers.yaml'])).code).toBe(0);

    const byBoth = testSystem();
    const wrong: Draft = {
      ...file,
      repository: { provider: 'gitlab', owner: 'other' },
      clusters: { x: { environment: 'x' } },
    };
    writeFileSync(join(byBoth.cwd, 'answers.yaml'), draftText(wrong));
    expect((await runMain(byBoth, ['demo', '--yes', '--config', 'answers.yaml', ...flags.slice(0, 8)])).code).toBe(0);

    const byStdin = testSystem();
    byStdin.stdin.end(draftText(file));
    expect((await runMain(byStdin, ['demo', '--yes', '--config', '-'])).code).toBe(0);

    const byPrompts = testSystem({ columns: 80 });
    const person = personAt(byPrompts);
    const code = main(['demo'], byPrompts);
    await person.answer('Who will host it?', down, enter);
    await person.answer('owns it?', 'acme', enter);
    await person.answer('How is the platform', enter);
    await person.answer('Which clusters?', 'staging eu:production,region=eu', enter);
    await person.answer('Which building blocks', space, down, space, enter);
    await person.answer('Which apps?', 'web', enter);
    await person.answer('Where is told what failed?', enter);
    await person.answer('How are secrets kept?', down, down, down, enter);
    await person.answer('Apply this?', enter);
    expect(await code).toBe(0);

    const expected = filesBelow(join(byFlags.cwd, 'demo'));
    expect(Object.keys(expected).length).toBeGreaterThan(40);
    for (const system of [byFile, byBoth, byStdin, byPrompts])
      expect(filesBelow(join(system.cwd, 'demo'))).toEqual(expected);
  });

  test('the command that the wizard prints makes them once more', async () => {
    const first = testSystem();
    const given = takeFlags(
      { directory: ['demo'], clusters: ['a:b,k=1\\,2'], apps: ['web'], components: ['none'], secrets: ['none'] },
      { draft: {} },
    );
    const { answers } = withDefaults(given.answers, first);
    const command = equivalentCommand(answers, first);
    expect(command).toContain(
      "--cluster 'a:b,k=1\\,2' --component none --app web,image=nginx:1.27 --secrets none --yes",
    );
    const words = command
      .split(' ')
      .slice(2)
      .map((word) => word.replaceAll("'", ''));
    expect((await runMain(first, words)).code).toBe(0);
    const second = testSystem();
    writeFileSync(join(second.cwd, 'answers.yaml'), draftText(answers.draft));
    expect((await runMain(second, ['demo', '--yes', '--config', 'answers.yaml'])).code).toBe(0);
    expect(filesBelow(join(first.cwd, 'demo'))).toEqual(filesBelow(join(second.cwd, 'demo')));
  });
});

describe('every row of the table', () => {
  test.each(questions.map((question) => [question.id, question] as const))(
    '%s takes back the texts it gives',
    (_id, question) => {
      const { answers } = takeFlags(
        {
          directory: ['demo'],
          repository: ['r'],
          provider: ['github'],
          owner: ['acme'],
          host: ['ghe.example.com'],
          branch: ['trunk'],
          visibility: ['public'],
          layout: ['standard'],
          clusters: ['a', 'b:c,d=e\\,f'],
          components: ['cert-manager'],
          apps: ['web,image=nginx:1,namespace=x'],
          teams: ['shop', 'search,source=https://github.com/acme/search'],
          notifications: ['slack,channel=alerts', 'oncall,type=pagerduty,channel=key,severity=info'],
          'secret-variables': ['slack=SLACK_URL'],
          secrets: ['sops'],
          'key-scope': ['environment'],
          'keys-directory': ['/keys'],
        },
        { draft: {} },
      );
      const texts = question.texts(answers);
      expect(texts).toBeDefined();
      const reading = question.read(texts ?? [], { draft: {} });
      if (!('answers' in reading)) throw new Error(JSON.stringify(reading.faults));
      expect(sameTexts(question.texts(reading.answers) ?? [], texts ?? [])).toBe(true);
    },
  );

  test('a default is one that the question itself accepts', () => {
    const { answers, problems, missing } = withDefaults({ directory: 'demo', draft: {} }, surroundings);
    expect(problems).toEqual([]);
    expect(missing).toEqual([]);
    expect(answers.draft).toMatchObject({
      layout: 'standard',
      secrets: { strategy: 'sops', keyScope: 'cluster' },
      apps: {},
    });
  });

  test('what a file says beyond the flags is kept when a flag repeats a name', () => {
    const said = { draft: { clusters: { a: { environment: 'a', recipients: [recipient] } } } };
    const { answers } = takeFlags({ clusters: ['a:prod,k=v'] }, said);
    expect(answers.draft.clusters).toEqual({
      a: { environment: 'prod', variables: { k: 'v' }, recipients: [recipient] },
    });
  });

  test('a folder named as a command is printed so that it is a folder', () => {
    const { answers } = withDefaults({ directory: 'check', draft: {} }, surroundings);
    expect(equivalentCommand(answers, surroundings)).toMatch(/ \.\/check --yes$/);
  });
});
