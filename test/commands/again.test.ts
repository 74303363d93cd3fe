import { describe, expect, test } from 'vitest';
import { npx } from '../../src/cli/program.ts';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';

/** What stops a command until it is run again, and what the printed one must say for it to be the same. */
interface Stop {
  title: string;
  /** Makes it stop. */
  before?: (made: MadeRepository) => Promise<void> | void;
  argv: readonly string[];
  /** After the program's name; the folder of `-C` comes before it. */
  again: string;
}

const besides = ['--keys-dir', '/tmp/keys', '--commit'];

const fasterApps = ({ edit }: MadeRepository) =>
  edit('flux-repo.yaml', '  staging: {}', '  staging:\n    intervals:\n      apps: 3m');

const bothChanged = (made: MadeRepository) => {
  fasterApps(made);
  made.edit('apps/overlays/staging/web.yaml', 'interval: 10m', 'interval: 7m');
};

async function stoppedMerge(made: MadeRepository): Promise<void> {
  const { git, edit } = made;
  git('switch', '--quiet', '--create', 'other');
  edit('apps/base/web/deployment.yaml', 'replicas: 2', 'replicas: 3');
  git('commit', '--quiet', '--all', '--message=Theirs');
  git('switch', '--quiet', 'main');
  edit('apps/base/web/deployment.yaml', 'replicas: 2', 'replicas: 4');
  git('commit', '--quiet', '--all', '--message=Ours');
  expect(() => git('merge', '--quiet', 'other')).toThrow();
}

const deployment = 'apps/base/web/deployment.yaml';

const stops: readonly Stop[] = [
  {
    title: 'apply',
    before: fasterApps,
    argv: ['apply', '--theirs', deployment, ...besides],
    again: `apply --keys-dir /tmp/keys --theirs ${deployment} --commit --yes, or`,
  },
  {
    title: 'add',
    argv: ['add', 'app', 'api', '--image', 'nginx:1.27', '--ours', ...besides],
    again: 'add app api --image nginx:1.27 --keys-dir /tmp/keys --ours --commit --yes, or',
  },
  {
    title: 'add with answers of a file',
    before: ({ write }) => write('api.yaml', 'name: api\nreplicas: 3\ninterval: 1m\n'),
    argv: ['add', 'app', '--port', '81', '--config', 'api.yaml'],
    again: 'add app --image nginx:1.27 --port 81 --config api.yaml --yes, or',
  },
  {
    title: 'resolve',
    before: stoppedMerge,
    argv: ['resolve', '--theirs', deployment, '--commit'],
    again: `resolve --theirs ${deployment} --commit --yes, or`,
  },
  {
    title: 'resolve, in a conflict',
    before: stoppedMerge,
    argv: ['resolve', '--commit'],
    again: `resolve --commit --theirs ${deployment}\n`,
  },
  {
    title: 'apply, in a conflict',
    before: bothChanged,
    argv: ['apply', '--yes', ...besides],
    again: 'apply --keys-dir /tmp/keys --commit --ours apps/overlays/staging/web.yaml\n',
  },
  {
    title: 'secrets recipients remove, unconfirmed',
    argv: ['secrets', 'recipients', 'remove', 'recovery', ...besides],
    again: 'secrets recipients remove recovery --confirm recovery --keys-dir /tmp/keys --commit --yes\n',
  },
  {
    title: 'secrets rotate',
    argv: ['secrets', 'rotate', '--cluster', 'production', '--commit'],
    again: 'secrets rotate --cluster production --commit --yes, or',
  },
];

describe('a command that stops names itself with all that was said', () => {
  test.each(stops)('$title', async ({ before, argv, again }) => {
    const made = await madeRepository();
    await before?.(made);
    const { code, err } = await made.run('-C', '.', ...argv);
    expect(code).not.toBe(0);
    expect(err).toContain(`${npx} -C . ${again}`);
  });

  test('also about a value of the person, from another folder', async () => {
    const { run, edit, system, root } = await madeRepository();
    edit(deployment, 'nginx:1.27', 'nginx:1.28');
    edit('flux-repo.yaml', 'nginx:1.27', 'nginx:1.30');
    system.cwd = root.replace(/\/demo$/, '');
    expect((await run('-C', 'demo', 'apply', '--yes')).out).toContain(`${npx} -C demo apply --theirs ${deployment}\n`);
  });
});
