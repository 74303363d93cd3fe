import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { npx } from '../../src/cli/program.ts';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';
import { outputDocument } from '../support/output-schema.ts';

const adds: Record<string, readonly string[]> = {
  'app api': ['app', 'api', '--image', 'ghcr.io/acme/api:1.0.0'],
  'component metrics-server': [
    'component',
    'metrics-server',
    '--chart',
    'https://charts.example.com/m',
    '--chart-version',
    '3.x',
  ],
  'cluster eu': ['cluster', 'eu', '--environment', 'production'],
  'environment qa': ['environment', 'qa', '--from', 'staging'],
};

/** Each kind again, so that two of a kind are among the pairs. */
const others: Record<string, readonly string[]> = {
  'app zoo': ['app', 'zoo'],
  'app db': ['app', 'db', '--chart', 'https://charts.example.com', '--chart-version', '1.x'],
  'component reloader': ['component', 'reloader', '--chart', 'https://charts.example.com/r', '--chart-version', '2.x'],
  'cluster asia': ['cluster', 'asia', '--environment', 'production'],
  'environment lab': ['environment', 'lab'],
};

const kinds = Object.keys(adds).map((name) => name.split(' ')[0]);
const kindOf = (name: string) => kinds.indexOf(name.split(' ')[0] ?? '');
const pairs = Object.keys(adds).flatMap((one) =>
  Object.keys(others)
    .filter((other) => kindOf(one) <= kindOf(other))
    .map((other) => [one, other] as const),
);

/** Runs git where a conflict is an answer too. */
function tryGit({ root, system }: MadeRepository, ...args: readonly string[]): boolean {
  const words = ['-c', 'core.editor=true', ...args];
  return spawnSync('git', words, { cwd: root, env: system.env, stdio: 'ignore' }).status === 0;
}

async function commit(made: MadeRepository, message: string, ...argv: readonly string[]): Promise<void> {
  if (argv.length > 0) {
    const { code, err } = await made.run(...argv, '--yes');
    if (code !== 0) throw new Error(err);
  }
  made.git('add', '--all');
  made.git('commit', '--quiet', `--message=${message}`);
}

/** Does one thing on `main`, the other on `other`, and stands on `main`, ready to merge. */
async function branches(
  ours: (made: MadeRepository) => Promise<void> | void,
  theirs: (made: MadeRepository) => Promise<void> | void,
  made?: MadeRepository,
): Promise<MadeRepository> {
  const repository = made ?? (await madeRepository());
  repository.git('switch', '--quiet', '--create', 'other');
  await theirs(repository);
  repository.git('switch', '--quiet', 'main');
  await ours(repository);
  return repository;
}

const add = (...argv: readonly string[]) => {
  return (made: MadeRepository) => commit(made, `Add ${argv.slice(0, 2).join(' ')}`, 'add', ...argv);
};

const unmerged = ({ git }: MadeRepository) => git('ls-files', '--unmerged');

const ofOurs = (made: MadeRepository) =>
  Object.fromEntries(Object.entries(made.files()).filter(([path]) => path.startsWith('.flux-repo/')));

/** Keys are random: what they are is no matter of order. */
const withoutKeys = (files: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => !path.startsWith('.git/'))
      .map(([path, text]) => [path, text.replaceAll(/age1[0-9a-z]{58}/g, 'age1…').replaceAll(/[0-9a-f]{64}/g, 'hash')]),
  );

describe('two people add something, each on a branch', () => {
  test.each(pairs)('%s and %s', async (one, other) => {
    const [ours, theirs] = [add(...(adds[one] ?? [])), add(...(others[other] ?? []))];
    const made = await branches(ours, theirs);
    // an environment without a cluster is an entry of the model, and git can merge that
    const isClean = other === 'environment lab';
    expect(tryGit(made, 'merge', '--quiet', '--no-edit', 'other')).toBe(isClean);
    const { code, out, err } = await made.run('resolve', '--yes');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(unmerged(made)).toBe('');
    expect(made.git('diff', '--name-only')).toBe('');
    expect(out).toContain(isClean ? 'Nothing to resolve' : 'git commit');
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 0, out: '' });

    const inTurn = await madeRepository();
    await ours(inTurn);
    await theirs(inTurn);
    expect(withoutKeys(made.files())).toEqual(withoutKeys(inTurn.files()));
    if (![one, other].some((name) => name.startsWith('cluster'))) expect(ofOurs(made)).toEqual(ofOurs(inTurn));
  });
});

describe('what only a person can decide', () => {
  const twice = () =>
    branches(
      add('app', 'api', '--image', 'ghcr.io/acme/api:1.0.0'),
      add('app', 'api', '--image', 'ghcr.io/acme/api:2.0.0'),
    );

  test('the same app with another image: both values, exit 3, nothing written', async () => {
    const made = await twice();
    tryGit(made, 'merge', '--quiet', 'other');
    const before = made.files();
    const { code, out, err } = await made.run('resolve', '--yes');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('flux-repo.yaml apps.api.image');
    expect(err).toContain('ours:      ghcr.io/acme/api:1.0.0');
    expect(err).toContain('theirs:    ghcr.io/acme/api:2.0.0');
    expect(err).toContain(`${npx} resolve --theirs flux-repo.yaml`);
    expect(made.files()).toEqual(before);
    expect(unmerged(made)).not.toBe('');
  });

  test.each([
    [['--ours'], '1.0.0'],
    [['--theirs'], '2.0.0'],
    [['--theirs', 'flux-repo.yaml'], '2.0.0'],
  ])('%s decides it, for the files too', async (flags, tag) => {
    const made = await twice();
    tryGit(made, 'merge', '--quiet', 'other');
    expect(await made.run('resolve', '--yes', ...flags)).toMatchObject({ code: 0 });
    expect(made.read('flux-repo.yaml')).toContain(`image: ghcr.io/acme/api:${tag}\n`);
    expect(made.read('apps/base/api/deployment.yaml')).toContain(`image: ghcr.io/acme/api:${tag}\n`);
    expect(unmerged(made)).toBe('');
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 0 });
  });

  test('the same value of a generated file, edited on both branches', async () => {
    const bump = (replicas: string) => (made: MadeRepository) => {
      made.edit('apps/base/web/deployment.yaml', 'replicas: 2', `replicas: ${replicas}`);
      return commit(made, 'Scale');
    };
    const made = await branches(bump('3'), bump('4'));
    tryGit(made, 'merge', '--quiet', 'other');
    const refused = await made.run('resolve', '--yes', '--json');
    expect(refused.code).toBe(3);
    expect(outputDocument(refused.out)).toMatchObject({
      command: 'resolve',
      error: { code: 'conflict' },
      problems: [{ file: 'apps/base/web/deployment.yaml', message: expect.stringContaining('ours 3, theirs 4') }],
    });
    expect(await made.run('resolve', '--yes', '--theirs')).toMatchObject({ code: 0 });
    expect(made.read('apps/base/web/deployment.yaml')).toContain('replicas: 4');
  });

  test('what a person made of a file by hand is not written over', async () => {
    const made = await twice();
    tryGit(made, 'merge', '--quiet', 'other');
    made.git('checkout', '--quiet', '--ours', '--', 'flux-repo.yaml');
    made.edit('flux-repo.yaml', 'api:1.0.0', 'api:3.0.0');
    const before = made.files();
    const { code, err } = await made.run('resolve', '--yes', '--ours');
    expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('git add flux-repo.yaml') });
    expect(made.files()).toEqual(before);
    made.git('add', 'flux-repo.yaml');
    expect(await made.run('resolve', '--yes')).toMatchObject({ code: 0 });
    expect(made.read('flux-repo.yaml')).toContain('api:3.0.0');
    expect(made.read('apps/base/api/deployment.yaml')).toContain('api:3.0.0');
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 0, out: '' });
  });

  test('an environment that one removed and the other gave a cluster', async () => {
    const made = await madeRepository();
    await add('environment', 'lab')(made);
    await branches(
      add('cluster', 'eu', '--environment', 'lab'),
      async (other) => {
        await add('app', 'zoo')(other);
        other.edit('flux-repo.yaml', '  lab: {}\n', '');
        await commit(other, 'Remove lab');
      },
      made,
    );
    tryGit(made, 'merge', '--quiet', 'other');
    const before = made.files();
    const { code, err } = await made.run('resolve', '--yes');
    expect({ code, err }).toMatchObject({ code: 3, err: expect.stringMatching(/lab/) });
    expect(made.files()).toEqual(before);
  });
});

describe('edits by hand', () => {
  test('of both branches in one generated file stay, beside what was added', async () => {
    const path = 'apps/overlays/production/kustomization.yaml';
    const made = await branches(
      async (ours) => {
        ours.edit(path, '  - web.yaml', '  - web.yaml # the shop window\n  - ours.yaml');
        ours.write('apps/overlays/production/ours.yaml', '# ours\n');
        await commit(ours, 'Ours', 'add', 'app', 'api');
      },
      async (theirs) => {
        theirs.edit(path, '  - web.yaml', '  - web.yaml\n  - theirs.yaml');
        theirs.write('apps/overlays/production/theirs.yaml', '# theirs\n');
        await commit(theirs, 'Theirs', 'add', 'app', 'zoo');
      },
    );
    tryGit(made, 'merge', '--quiet', 'other');
    expect(made.read(path)).toContain('<<<<<<<');
    expect(await made.run('resolve', '--yes')).toMatchObject({ code: 0 });
    const lists = made.read(path);
    expect(lists).toContain('- web.yaml # the shop window\n');
    expect(lists.match(/- \S+\.yaml/g)?.sort()).toEqual(
      ['api', 'namespaces', 'ours', 'theirs', 'web', 'zoo'].map((name) => `- ${name}.yaml`),
    );
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 0, out: '' });
    made.git('commit', '--quiet', '--no-edit');
    expect(await made.run('apply', '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to do') });
    expect(made.git('status', '--porcelain')).toBe('');
  });

  test('in the README around our block stay, and the block is complete', async () => {
    const write = (text: string, app: string) => async (made: MadeRepository) => {
      made.write('README.md', `${made.read('README.md')}\n## ${text}\n`);
      await commit(made, text, 'add', 'app', app);
    };
    const made = await branches(
      async (ours) => {
        ours.edit('README.md', '# demo', '# Demo of ours');
        await commit(ours, 'Title', 'add', 'app', 'api');
      },
      write('Theirs', 'zoo'),
    );
    tryGit(made, 'merge', '--quiet', 'other');
    expect(await made.run('resolve', '--yes')).toMatchObject({ code: 0 });
    expect(made.read('README.md')).toMatch(/^# Demo of ours\n(.*\n)*\| api \|(.*\n)*\| zoo \|(.*\n)*## Theirs\n$/);
  });

  test('comments of both in the model stay', async () => {
    const comment =
      (name: string, ...argv: string[]) =>
      async (made: MadeRepository) => {
        await commit(made, 'Add', 'add', 'app', ...argv);
        made.edit('flux-repo.yaml', `  ${name}:\n`, `  # why ${name}\n  ${name}:\n`);
        await commit(made, 'Say why');
      };
    const made = await branches(comment('api', 'api'), comment('cart', 'cart'));
    tryGit(made, 'merge', '--quiet', 'other');
    expect(await made.run('resolve', '--yes')).toMatchObject({ code: 0 });
    expect(made.read('flux-repo.yaml')).toContain(
      'apps:\n  # why api\n  api:\n    image: nginx:1.27\n  # why cart\n  cart:\n    image: nginx:1.27\n  web:\n',
    );
  });

  test('a model that was edited and applied on one branch, beside an add on the other', async () => {
    const made = await branches(add('app', 'api'), async (theirs) => {
      theirs.edit('flux-repo.yaml', '  staging: {}', '  staging:\n    intervals:\n      apps: 3m');
      await commit(theirs, 'Faster', 'apply');
      await add('app', 'zoo')(theirs);
    });
    tryGit(made, 'merge', '--quiet', 'other');
    expect(made.read('apps/overlays/staging/api.yaml')).toContain('interval: 10m');
    expect(await made.run('resolve', '--yes')).toMatchObject({ code: 0 });
    expect(made.read('apps/overlays/staging/api.yaml')).toContain('interval: 3m');
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 0, out: '' });
  });

  test('of the model that nobody applied yet stay to be applied', async () => {
    const made = await branches(
      async (ours) => {
        ours.edit('flux-repo.yaml', '  staging: {}', '  staging:\n    intervals:\n      apps: 3m');
        await commit(ours, 'Ours', 'add', 'app', 'api');
      },
      add('app', 'zoo'),
    );
    tryGit(made, 'merge', '--quiet', 'other');
    const { code, out } = await made.run('resolve', '--yes');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`${npx} apply`) });
    expect(made.read('flux-repo.yaml')).toContain('apps: 3m');
    expect(made.read('apps/overlays/staging/zoo.yaml')).toContain('interval: 10m');
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 1 });
  });

  test('line ends of ours stay', async () => {
    const made = await madeRepository();
    made.write('.gitattributes', `${made.read('.gitattributes')}*.yaml -text\n`);
    for (const path of ['flux-repo.yaml', 'apps/overlays/staging/kustomization.yaml'])
      made.write(path, made.read(path).replaceAll('\n', '\r\n'));
    await commit(made, 'As Windows has it');
    await branches(add('app', 'api'), add('app', 'cart'), made);
    tryGit(made, 'merge', '--quiet', 'other');
    expect(await made.run('resolve', '--yes')).toMatchObject({ code: 0 });
    for (const path of ['flux-repo.yaml', 'apps/overlays/staging/kustomization.yaml']) {
      expect(made.read(path)).toMatch(/api(.*\r\n)+.*cart/);
      expect(made.read(path).replaceAll('\r\n', '')).not.toContain('\n');
    }
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 0, out: '' });
  });
});

describe('a file that one branch deleted', () => {
  const remove = (path: string) => (made: MadeRepository) => {
    made.git('rm', '--quiet', path);
    return commit(made, 'Remove');
  };

  test('and the other only generated again stays deleted', async () => {
    const path = 'apps/overlays/staging/namespaces.yaml';
    const made = await branches(remove(path), add('app', 'zoo'));
    tryGit(made, 'merge', '--quiet', 'other');
    expect(unmerged(made)).toContain(path);
    expect(await made.run('resolve', '--yes')).toMatchObject({ code: 0 });
    expect(made.files()).not.toHaveProperty([path]);
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 0, out: '' });
  });

  test('and the other edited by hand is for a person', async () => {
    const path = 'apps/base/web/deployment.yaml';
    const made = await branches(remove(path), async (theirs) => {
      theirs.edit(path, 'replicas: 2', 'replicas: 5');
      await commit(theirs, 'Scale');
    });
    tryGit(made, 'merge', '--quiet', 'other');
    const { code, err } = await made.run('resolve', '--yes');
    expect(code).toBe(3);
    expect(err).toContain(path);
    expect(await made.run('resolve', '--yes', '--theirs', path)).toMatchObject({ code: 0 });
    expect(made.read(path)).toContain('replicas: 5');
    expect(unmerged(made)).toBe('');
  });
});

describe('git', () => {
  test('rebase: resolved, then it goes on', async () => {
    const made = await branches(add('app', 'api'), add('app', 'zoo'));
    made.git('switch', '--quiet', 'other');
    expect(tryGit(made, 'rebase', '--quiet', 'main')).toBe(false);
    const { code, out } = await made.run('resolve', '--yes', '--commit');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('git rebase --continue') });
    expect(tryGit(made, 'rebase', '--continue')).toBe(true);
    expect(made.git('status', '--porcelain')).toBe('');
    expect(made.git('log', '-1', '--format=%s')).toBe('Add app zoo');
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 0, out: '' });
  });

  test('cherry-pick, concluded by --commit', async () => {
    const made = await branches(add('app', 'api'), add('app', 'zoo'));
    expect(tryGit(made, 'cherry-pick', 'other')).toBe(false);
    expect(await made.run('resolve', '--yes', '--commit')).toMatchObject({ code: 0 });
    expect(made.git('log', '-1', '--format=%s')).toBe('Add app zoo');
    expect(made.git('status', '--porcelain')).toBe('');
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 0, out: '' });
  });

  test('stash pop: nothing but the versions in the index is known', async () => {
    const made = await madeRepository();
    expect(await made.run('add', 'app', 'zoo', '--yes')).toMatchObject({ code: 0 });
    made.git('stash', '--include-untracked', '--quiet');
    await add('app', 'api')(made);
    expect(tryGit(made, 'stash', 'pop', '--quiet')).toBe(false);
    expect(await made.run('resolve', '--yes')).toMatchObject({ code: 0 });
    expect(made.read('flux-repo.yaml')).toMatch(/ {2}api:\n.*\n {2}web:\n.*\n {2}zoo:\n/);
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 0, out: '' });
  });

  test('merge, concluded by --commit with all of it; again there is nothing to resolve', async () => {
    const made = await branches(add('app', 'api'), add('app', 'zoo'));
    tryGit(made, 'merge', '--quiet', 'other');
    expect(await made.run('resolve', '--yes', '--commit')).toMatchObject({ code: 0 });
    expect(made.git('log', '-1', '--format=%p').split(' ')).toHaveLength(2);
    expect(made.git('log', '-1', '--format=%B')).toBe("Merge branch 'other'");
    expect(made.git('status', '--porcelain')).toBe('');
    const again = await made.run('resolve');
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to resolve') });
  });

  test('files that are not ours are named and left; ours are resolved and staged', async () => {
    const note = (text: string, app: string) => async (made: MadeRepository) => {
      made.write('notes.txt', `${text}\n`);
      await commit(made, text, 'add', 'app', app);
    };
    const made = await branches(note('ours', 'api'), note('theirs', 'zoo'));
    tryGit(made, 'merge', '--quiet', 'other');
    const { code, err } = await made.run('resolve', '--yes', '--commit');
    expect(code).toBe(3);
    expect(err).toContain('notes.txt');
    expect(
      unmerged(made)
        .split('\n')
        .every((line) => line.endsWith('\tnotes.txt')),
    ).toBe(true);
    expect(made.read('flux-repo.yaml')).toContain('zoo:');
    const head = made.git('rev-parse', 'HEAD');
    expect(await made.run('resolve', '--yes', '--commit')).toMatchObject({ code: 3 });
    expect(made.git('rev-parse', 'HEAD')).toBe(head);
  });

  test('a run that was stopped before it staged its files is done again', async () => {
    const made = await branches(add('app', 'api'), add('app', 'zoo'));
    tryGit(made, 'merge', '--quiet', 'other');
    const lock = join(made.root, '.git/index.lock');
    writeFileSync(lock, '');
    expect(await made.run('resolve', '--yes')).toMatchObject({ code: 1 });
    expect(made.read('flux-repo.yaml')).not.toContain('<<<<<<<');
    rmSync(lock);
    expect(unmerged(made)).not.toBe('');
    expect(await made.run('resolve', '--yes')).toMatchObject({ code: 0 });
    expect(unmerged(made)).toBe('');
    expect(made.git('diff', '--name-only')).toBe('');
  });

  test('a repository in a folder of another, from a folder below', async () => {
    const made = await madeRepository(['--app', 'web', '--no-git']);
    const above = made.system.cwd.replace(/\/demo$/, '');
    const git = (...args: string[]) => execFileSync('git', args, { cwd: above, env: made.system.env, stdio: 'pipe' });
    git('init', '--quiet', '--initial-branch=main');
    await commit(made, 'First');
    await branches(add('app', 'api'), add('app', 'zoo'), made);
    tryGit(made, 'merge', '--quiet', 'other');
    made.system.cwd = join(made.root, 'apps');
    expect(await made.run('resolve', '--yes', '--commit')).toMatchObject({ code: 0 });
    made.system.cwd = made.root;
    expect(made.git('status', '--porcelain', '.')).toBe('');
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 0, out: '' });
  });

  test('--dry-run writes and stages nothing', async () => {
    const made = await branches(add('app', 'api'), add('app', 'zoo'));
    tryGit(made, 'merge', '--quiet', 'other');
    const [before, index] = [made.files(), unmerged(made)];
    const { code, out } = await made.run('resolve', '--dry-run', '--json');
    expect(code).toBe(0);
    expect(outputDocument(out)).toMatchObject({ ok: true, dryRun: true });
    expect(made.files()).toEqual(before);
    expect(unmerged(made)).toBe(index);
  });

  test('without anybody to ask it wants --yes', async () => {
    const made = await branches(add('app', 'api'), add('app', 'zoo'));
    tryGit(made, 'merge', '--quiet', 'other');
    const before = made.files();
    expect(await made.run('resolve')).toMatchObject({ code: 2, err: expect.stringContaining(`${npx} resolve --yes`) });
    expect(made.files()).toEqual(before);
  });

  test('other commands that meet its markers name this one', async () => {
    const made = await branches(add('app', 'api'), add('app', 'zoo'));
    tryGit(made, 'merge', '--quiet', 'other');
    made.git('checkout', '--quiet', '--merge', '--', 'flux-repo.yaml');
    for (const argv of [['apply'], ['diff'], ['add', 'app', 'cart']])
      expect(await made.run(...argv, '--yes')).toMatchObject({
        code: 2,
        err: expect.stringContaining(`${npx} resolve`),
      });
    made.git('checkout', '--quiet', '--ours', '--', 'flux-repo.yaml');
    expect(await made.run('apply', '--yes')).toMatchObject({ code: 2, err: expect.stringContaining(`${npx} resolve`) });
  });

  test('outside of git there is nothing to resolve', async () => {
    const made = await madeRepository(['--no-git']);
    expect(await made.run('resolve')).toMatchObject({ code: 2, err: expect.stringContaining('not in git') });
  });
});
