import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';

const child = 'apps/overlays/staging/web.yaml';
const deployment = 'apps/base/web/deployment.yaml';
const list = 'apps/base/web/kustomization.yaml';

/** What befalls a repository before every round, and what it is made with. */
interface Fate {
  name: string;
  flags: string[];
  befall(repository: MadeRepository, round: number): void;
}

const commit = ({ git }: MadeRepository) => {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Work');
};

/** The repository becomes a clone of itself that knows only the last commit. */
function cutHistory(repository: MadeRepository): void {
  const { root, git } = repository;
  commit(repository);
  git('clone', '--quiet', '--depth', '1', `file://${root}`, '../shallow');
  rmSync(join(root, '.git'), { recursive: true });
  git('clone', '--quiet', '--bare', '--depth', '1', `file://${join(root, '../shallow')}`, '.git');
  git('config', 'core.bare', 'false');
  git('reset', '--quiet');
  rmSync(join(root, '../shallow'), { recursive: true });
  expect(git('rev-list', '--count', 'HEAD')).toBe('1');
}

function forgetBases({ root }: MadeRepository): void {
  rmSync(join(root, '.flux-repo/base'), { recursive: true, force: true });
}

const fates: Fate[] = [
  { name: 'with its history cut to one commit', flags: [], befall: cutHistory },
  {
    name: 'without git',
    flags: ['--no-git'],
    befall: ({ root }) => expect(existsSync(join(root, '.git'))).toBe(false),
  },
  {
    name: 'before the first commit',
    flags: ['--no-git'],
    befall: ({ git }, round) => round === 1 && git('init', '--quiet'),
  },
  {
    name: 'after git has collected its garbage',
    flags: [],
    befall(repository) {
      commit(repository);
      repository.git('reflog', 'expire', '--expire=now', '--all');
      repository.git('gc', '--quiet', '--prune=now');
    },
  },
  { name: 'without the bases kept so far', flags: [], befall: forgetBases },
  {
    name: 'without the bases kept so far and without git',
    flags: ['--no-git'],
    befall: forgetBases,
  },
  {
    name: 'without the bases kept so far, its history cut to one commit',
    flags: [],
    befall(repository) {
      cutHistory(repository);
      forgetBases(repository);
    },
  },
];

/** Both change the same files, at different places. */
function editBoth({ edit, read, write }: MadeRepository, round: number): void {
  if (round === 1) {
    edit('flux-repo.yaml', '  staging: {}', '  staging:\n    intervals:\n      apps: 20m');
    edit('flux-repo.yaml', 'nginx:1.27\n', 'nginx:1.27\n    port: 8080\n');
    edit(deployment, 'periodSeconds: 20', 'periodSeconds: 20\n            successThreshold: 1 # mine');
  }
  edit('flux-repo.yaml', `apps: 2${round - 1}m`, `apps: 2${round}m`);
  edit('flux-repo.yaml', `port: 808${round - 1}`, `port: 808${round}`);
  edit(child, /timeout: .*/.exec(read(child))?.[0] ?? '', `timeout: ${round}00s # round ${round}`);
  write(deployment, `${read(deployment)}# after round ${round}\n`);
  edit(list, 'resources:\n', `resources:\n  - mine-${round}.yaml\n`);
}

describe.each(fates)('three rounds of edits and apply, $name', ({ flags, befall }) => {
  test('keep every hand edit and take every change of the model', async () => {
    const repository = await madeRepository(['--app', 'web', '--component', 'none', ...flags]);
    const { run, read, edit, files } = repository;
    for (const round of [1, 2, 3]) {
      editBoth(repository, round);
      befall(repository, round);
      const { code, err } = await run('apply', '--yes');
      expect({ round, code, err }).toMatchObject({ code: 0 });
      expect(read(child)).toContain(`  interval: 2${round}m\n`);
      expect(read(child)).toContain(`  timeout: ${round}00s # round ${round}`);
      expect(read(deployment)).toContain(`containerPort: 808${round}\n`);
      expect(read(deployment)).toContain('            successThreshold: 1 # mine\n');
      for (const past of [1, 2, 3].filter((one) => one <= round)) {
        expect(read(deployment)).toContain(`# after round ${past}\n`);
        expect(read(list)).toContain(`  - mine-${past}.yaml\n`);
      }
      expect((await run('apply')).out).toContain('Nothing to do');
    }
    edit(child, 'interval: 23m', 'interval: 99m');
    edit('flux-repo.yaml', 'apps: 23m', 'apps: 24m');
    befall(repository, 4);
    const before = files();
    const { code, err } = await run('apply', '--yes');
    expect(code).toBe(3);
    expect(err).toContain('one file was changed by you and by the model');
    expect(err).toMatch(/spec\.interval\n +yours: +99m\n +generated: +24m/);
    expect(files()).toEqual(before);
  });
});

describe('three rounds of edit, commit and apply with nothing to do', () => {
  test.each<[string, (repository: MadeRepository) => void]>([
    ['is generated again', () => undefined],
    [
      'is found in git, when what was applied last is not known',
      ({ root }) => rmSync(join(root, '.flux-repo/lock/repository.json')),
    ],
  ])('leave git as it was; the base %s', async (_, befall) => {
    const repository = await madeRepository(['--app', 'web', '--component', 'none']);
    const { run, read, edit, write, git } = repository;
    for (const round of [1, 2, 3]) {
      edit(child, /timeout: .*/.exec(read(child))?.[0] ?? '', `timeout: ${round}00s # round ${round}`);
      write(deployment, `${read(deployment)}# after round ${round}\n`);
      commit(repository);
      expect((await run('apply', '--commit')).out).toContain('Nothing to do');
      expect(git('status', '--porcelain')).toBe('');
      expect(existsSync(join(repository.root, '.flux-repo/base'))).toBe(false);
    }
    befall(repository);
    edit('flux-repo.yaml', 'nginx:1.27\n', 'nginx:1.27\n    port: 8080\n');
    edit('flux-repo.yaml', '  staging: {}', '  staging:\n    intervals:\n      apps: 20m');
    const { code, err } = await run('apply', '--yes', '--commit');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(read(child)).toMatch(/interval: 20m\n(.*\n)? *timeout: 300s # round 3\n/);
    expect(read(deployment)).toContain('containerPort: 8080\n');
    expect(read(deployment)).toContain('# after round 1\n# after round 2\n# after round 3\n');
    expect(git('status', '--porcelain')).toBe('');
  });
});
