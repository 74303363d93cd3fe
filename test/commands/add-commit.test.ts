import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { madeRepository } from '../support/made-repository.ts';
import { outputDocument } from '../support/output-schema.ts';

describe('add --commit', () => {
  test('--commit has exactly these files; what the person staged stays staged', async () => {
    const { run, write, git } = await madeRepository();
    write('mine.txt', 'mine\n');
    git('add', 'mine.txt');
    expect((await run('add', 'app', 'api', '--yes', '--commit')).code).toBe(0);
    expect(git('log', '-1', '--format=%B')).toBe(
      'Add app api\n\nRegenerated:\n- environment production\n- environment staging\n- the repository',
    );
    expect(git('status', '--porcelain')).toBe('A  mine.txt');
    expect((await run('diff', '--exit-code')).code).toBe(0);
  });

  test('--commit is complete: what an earlier run left uncommitted comes with it, and is told', async () => {
    const { run, git } = await madeRepository();
    await run('add', 'app', 'api', '--yes');
    const { problems } = outputDocument(
      (await run('add', 'app', 'zoo', '--image', 'a', '--yes', '--commit', '--json')).out,
    );
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('never committed come with it: .flux-repo/lock/app-api.json'),
      expect.stringContaining('in the same files goes along: .flux-repo/lock/environment-production.json'),
    ]);
    expect(git('ls-tree', '-r', '--name-only', 'HEAD')).toContain('apps/overlays/staging/api.yaml');
    expect(git('status', '--porcelain')).toBe('');
    expect(git('log', '-1', '--format=%B')).toMatch(
      /^Add app zoo\n\nAlso adds, from an earlier run:\n- app api\n\nRegenerated:\n- environment production\n/,
    );
  });

  test('the message of a commit that was made later names the others too', async () => {
    const { run, git } = await madeRepository();
    for (const name of ['api', 'zoo']) await run('add', 'app', name, '--image', 'a', '--yes');
    expect((await run('add', 'app', 'zoo', '--image', 'a', '--commit')).code).toBe(0);
    expect(git('log', '-1', '--format=%B')).toBe('Add app zoo\n\nAlso adds, from an earlier run:\n- app api');
  });

  test('apply --commit completes what was written and not committed', async () => {
    const { run, git } = await madeRepository();
    await run('add', 'app', 'api', '--yes');
    git('commit', '--quiet', '--all', '--message=The lists, and not what they name');
    expect((await run('apply', '--yes', '--commit')).code).toBe(0);
    expect(git('status', '--porcelain')).toBe('');
  });
});

describe('--commit beside edits of the model that were not applied', () => {
  const shop = ['add', 'app', 'shop', '--image', 'ghcr.io/acme/shop:1.0', '--yes', '--commit'] as const;
  const pending = async () => {
    const repository = await madeRepository();
    repository.edit('flux-repo.yaml', '  staging: {}', '  staging:\n    intervals:\n      apps: 3m # soon');
    return repository;
  };
  const entry = '+  shop:\n+    image: ghcr.io/acme/shop:1.0';

  test('has the new entry and leaves them in the work tree', async () => {
    const { run, git, read } = await pending();
    const { code, out } = await run(...shop);
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('Other edits of flux-repo.yaml stay'),
    });
    expect(git('show', '--format=', '--numstat', 'HEAD', '--', 'flux-repo.yaml')).toBe('2\t0\tflux-repo.yaml');
    expect(git('show', 'HEAD', '--', 'flux-repo.yaml')).toContain(entry);
    expect(git('status', '--porcelain')).toBe(' M flux-repo.yaml');
    expect(git('diff', '--numstat')).toBe('3\t1\tflux-repo.yaml');
    expect(read('flux-repo.yaml')).toContain('apps: 3m # soon');
    expect((await run('apply', '--yes', '--commit')).code).toBe(0);
    expect(git('status', '--porcelain')).toBe('');
  });

  test('keeps the mode of the file', async () => {
    const { run, git, root } = await pending();
    git('stash', '--quiet');
    chmodSync(join(root, 'flux-repo.yaml'), 0o755);
    git('commit', '--quiet', '--all', '--message=Mode');
    git('stash', 'pop', '--quiet');
    expect((await run(...shop)).code).toBe(0);
    expect(git('show', '--format=', '--summary', 'HEAD', '--', 'flux-repo.yaml')).toBe('');
    expect(git('status', '--porcelain')).toBe(' M flux-repo.yaml');
  });

  test('leaves those staged that are staged, without undoing the entry', async () => {
    const { run, git } = await pending();
    git('add', 'flux-repo.yaml');
    expect((await run(...shop)).code).toBe(0);
    expect(git('show', 'HEAD', '--', 'flux-repo.yaml')).not.toContain('soon');
    expect(git('status', '--porcelain')).toBe('M  flux-repo.yaml');
    expect(git('diff', '--cached', '--numstat')).toBe('3\t1\tflux-repo.yaml');
  });

  test('takes them along where they were applied: the files that are committed follow them', async () => {
    const { run, git } = await pending();
    await run('apply', '--yes');
    const { code, out } = await run(...shop);
    expect(code).toBe(0);
    expect(out.replaceAll('\n', ' ')).toMatch(/in the same files goes along: [^.]*\.flux-repo.*flux-repo\.yaml/);
    expect(git('show', 'HEAD', '--', 'flux-repo.yaml')).toContain('soon');
  });

  test('takes them along where what is committed cannot have the entry', async () => {
    const { run, git, read, write } = await pending();
    const whole = read('flux-repo.yaml');
    write('flux-repo.yaml', 'apps: [\n');
    git('commit', '--quiet', '--all', '--message=Broken');
    write('flux-repo.yaml', whole);
    expect((await run(...shop)).code).toBe(0);
    expect(git('show', 'HEAD:flux-repo.yaml')).toContain('soon');
  });
});

describe('run again after it could not commit', () => {
  const api = ['add', 'app', 'api', '--image', 'ghcr.io/acme/api:1.0', '--yes'] as const;

  test('--commit commits all of it, and then there is nothing to do', async () => {
    const { run, git, edit } = await madeRepository();
    edit('flux-repo.yaml', '  staging: {}', '  staging:\n    intervals:\n      apps: 3m # soon');
    expect((await run(...api)).code).toBe(0);
    const { code, out } = await run(...api, '--commit');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('Committed app api.') });
    expect(git('log', '-1', '--format=%B')).toBe('Add app api');
    expect(git('status', '--porcelain')).toBe(' M flux-repo.yaml');
    expect(git('show', 'HEAD', '--', 'flux-repo.yaml')).not.toContain('soon');
    const again = await run(...api, '--commit');
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to do') });
    expect(git('rev-list', '--count', 'HEAD')).toBe('2');
  });

  test('without --commit it names the command that commits', async () => {
    const { run, files } = await madeRepository();
    expect((await run(...api)).code).toBe(0);
    const before = files();
    const { code, err } = await run(...api);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('it is there already, as you ask') });
    expect(err).toContain('Try: npx');
    expect(err).toContain('add app api --image ghcr.io/acme/api:1.0 --yes --commit');
    expect(files()).toEqual(before);
  });

  test('after a hook said no, the command it names commits what was left', async () => {
    const { run, git, root } = await madeRepository();
    const hook = join(root, '.git/hooks/pre-commit');
    writeFileSync(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const { code, err } = await run(...api, '--commit');
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('git did not commit') });
    const words = /create-flux-repo@\S+ (.* --commit)/.exec(err.slice(err.indexOf('Try:')))?.[1]?.split(' ') ?? [];
    rmSync(hook);
    expect((await run(...words)).code).toBe(0);
    expect(git('status', '--porcelain')).toBe('');
  });

  test('a cluster is the same without the key that was made for it', async () => {
    const { run, git } = await madeRepository();
    const words = ['add', 'cluster', 'eu', '--environment', 'production', '--set', 'region=eu', '--yes'];
    expect((await run(...words)).code).toBe(0);
    expect((await run(...words, '--commit')).code).toBe(0);
    expect(git('status', '--porcelain')).toBe('');
  });

  test('what is committed for long commits nothing of other work that is not', async () => {
    const { run, git, files } = await madeRepository();
    expect((await run(...api)).code).toBe(0);
    const before = files();
    for (const words of [
      ['add', 'environment', 'production'],
      ['add', 'cluster', 'production', '--environment', 'production'],
    ]) {
      const { code, out } = await run(...words, '--yes', '--commit');
      expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to do') });
    }
    expect(git('rev-list', '--count', 'HEAD')).toBe('1');
    expect(files()).toEqual(before);
  });

  test('something else of that name is refused', async () => {
    const { run } = await madeRepository();
    expect((await run(...api)).code).toBe(0);
    const other = await run('add', 'app', 'api', '--image', 'other:1', '--yes', '--commit');
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('exists already') });
  });
});
