import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { madeRepository } from '../../support/made-repository.ts';
import { leakRows } from './leak-rows.ts';
import { type LeakTrial, leakTrial } from './leak-trial.ts';

afterEach(() => vi.unstubAllEnvs());

async function trialInRepository(columns?: number) {
  const repository = await madeRepository(undefined, columns === undefined ? {} : { columns });
  return { repository, trial: leakTrial(repository.system) };
}

describe('no secret shows', () => {
  test.for(leakRows.map((row) => ({ ...row, title: `${row.verb}: ${row.name}` })))(
    '$title',
    async ({ act, columns }) => {
      const { repository, trial } = await trialInRepository(columns);
      await act(trial, repository);
      expect(trial.leaks()).toEqual([]);
    },
  );

  test('in any verb that there is', async () => {
    const { run } = await madeRepository();
    const { out } = await run('secrets', '--help');
    const verbs = [...out.slice(out.indexOf('Verbs:')).matchAll(/^ {2}([a-z-]+) /gm)].map(([, verb]) => verb);
    expect(verbs).toContain('scan');
    expect(verbs.filter((verb) => !leakRows.some((row) => row.verb === verb))).toEqual([]);
  });
});

describe('a secret is found', () => {
  const git = (trial: LeakTrial, args: string[], options: { input?: string; env?: object } = {}) =>
    execFileSync('git', args, {
      cwd: trial.system.cwd,
      input: options.input ?? '',
      env: { ...trial.system.env, ...options.env },
      stdio: 'pipe',
    });
  const ways: [where: string, leak: (trial: LeakTrial, secret: string, root: string) => void, place: RegExp][] = [
    ['on stdout', ({ system }, secret) => system.stdout.write(secret), /in stdout \(raw\)/],
    ['on stderr in JSON', ({ system }, secret) => system.stderr.write(JSON.stringify(`"${secret}`)), /in stderr/],
    ['in a URL', ({ system }, secret) => system.stdout.write(encodeURIComponent(secret)), /in stdout \(URL\)/],
    ['in base64', ({ system }, secret) => system.stdout.write(btoa64(secret)), /in stdout \(base64\)/],
    ['inside base64', ({ system }, secret) => system.stdout.write(btoa64(`user:${secret}!`)), /in stdout \(base64\)/],
    ['in an argument', (trial, secret) => git(trial, ['config', 'user.name', secret]), /records\/git\.\w+\/arguments/],
    ['in the environment', (trial, secret) => git(trial, ['version'], { env: { X: secret } }), /\/environment/],
    ['in the input of a program', (trial, secret) => git(trial, ['version'], { input: secret }), /\/input/],
    [
      'in a git object that nothing refers to',
      (trial, secret) => git(trial, ['hash-object', '-w', '--stdin'], { input: secret }),
      /in git objects/,
    ],
    ['in the work tree', (_, secret, root) => writeFileSync(join(root, 'x'), secret), /in work\/demo\/x/],
    ['in the home folder', ({ system }, secret) => writeFileSync(join(system.home, 'log'), secret), /in home\/log/],
    [
      'in a temporary folder',
      ({ system }, secret) => {
        mkdirSync(join(system.env.TMPDIR ?? '', 'left'));
        writeFileSync(join(system.env.TMPDIR ?? '', 'left', 'behind'), secret);
      },
      /in temporary\/left\/behind/,
    ],
  ];
  test.for(ways)('%s', async ([, leak, place]) => {
    const { repository, trial } = await trialInRepository();
    leak(trial, trial.secret('test'), repository.root);
    await new Promise((resolve) => setImmediate(resolve));
    expect(trial.leaks()).toContainEqual(expect.stringMatching(place));
  });
});

function btoa64(text: string): string {
  return Buffer.from(text).toString('base64');
}
