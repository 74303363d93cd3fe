import { describe, expect, test } from 'vitest';
import { changedPaths } from '../../support/made-repository.ts';
import { outputDocument } from '../../support/output-schema.ts';
import { webDb, withDb } from '../../support/secrets-repository.ts';

const file = webDb('production');

describe('secrets set', () => {
  test('changes one line, the MAC and the time; the others keep their ciphertext', async () => {
    const { secrets, git, opened } = await withDb();
    const { code, out, err } = await secrets(['set', file, 'password', '--yes'], 'mark-er-new\n');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(git('status', '--porcelain')).toBe(` M ${file}`);
    expect(git('diff', '--numstat')).toMatch(/^([23])\t\1\tapps/);
    expect(await opened(file)).toMatchObject({ stringData: { password: 'mark-er-new', username: 'mark-er-2' } });
    expect(out).toContain(`Set password in ${file}.\n`);
    expect(out + err).not.toContain('mark-er');
  });

  test('names exactly its file for git add, and --commit again where nobody can be asked', async () => {
    const { secrets, beside } = await withDb();
    const words = ['set', file, 'password', '--from-file', beside('value', 'mark-er-new')];
    const refused = await secrets([...words, '--commit']);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('value --commit --yes') });
    const { code, out } = await secrets([...words, '--yes']);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`git add ${file}\n`) });
    const added = await secrets(['set', file, 'port', ...words.slice(3), '--yes']);
    expect(added.out).toContain(`git add .flux-repo ${file} flux-repo.yaml\n`);
  });

  test('to what it is already: nothing to do', async () => {
    const { secrets, git } = await withDb();
    const { code, out } = await secrets(['set', file, 'password'], 'mark-er-1\n');
    expect({ code, out }).toEqual({ code: 0, out: `Nothing to do: password in ${file} has that value already.\n` });
    expect(git('status', '--porcelain')).toBe('');
  });

  test('by name and flags; a new key is named in the model, in its place', async () => {
    const { secrets, git, read, run } = await withDb();
    const where = ['--app', 'web', '--environment', 'staging'];
    expect((await secrets(['set', 'db', 'port', ...where, '--yes', '--commit'], '5432')).code).toBe(0);
    expect(read('flux-repo.yaml')).toContain('          - password\n          - port\n          - username\n');
    expect(git('status', '--porcelain')).toBe('');
    expect(git('show', '--format=', '--name-only')).toBe(
      ['.flux-repo/lock/app-web.json', webDb('staging'), 'flux-repo.yaml'].join('\n'),
    );
    expect((await run('apply')).out).toContain('Nothing to do');
  });

  test('a value out of a file is every byte of it; what is no text goes below data', async () => {
    const { secrets, beside, opened } = await withDb();
    expect((await secrets(['set', file, 'password', '--from-file', beside('a', 'x\n'), '--yes'])).code).toBe(0);
    expect(await opened(file)).toMatchObject({ stringData: { password: 'x\n' } });
    const bytes = beside('b', Buffer.from([0xff, 0xfe]));
    expect((await secrets(['set', file, 'password', '--from-file', bytes, '--yes'])).code).toBe(0);
    expect(await opened(file)).toMatchObject({ data: { password: '//4=' }, stringData: { username: 'mark-er-2' } });
    expect((await secrets(['set', file, 'data.password', '--yes'], 'text')).code).toBe(0);
    expect(await opened(file)).toMatchObject({ data: { password: 'dGV4dA==' } });
  });

  test('--dry-run writes nothing, --json names the file', async () => {
    const { secrets, git } = await withDb();
    const { code, out } = await secrets(['set', file, 'password', '--dry-run', '--json'], 'mark-er-3');
    expect(code).toBe(0);
    expect(outputDocument(out).changes).toContainEqual(
      expect.objectContaining({ path: file, action: 'update', ownership: 'sealed' }),
    );
    expect(out).not.toContain('mark-er');
    expect(git('status', '--porcelain')).toBe('');
  });

  test('another kind of object is changed by path', async () => {
    const { secrets, read, write, opened } = await withDb();
    // any encrypted file: here the Secret under another kind
    write('apps/overlays/production/web/own.sops.yaml', read(file).replace('kind: Secret', 'kind: Values'));
    const own = 'apps/overlays/production/web/own.sops.yaml';
    expect((await secrets(['set', own, 'stringData.deep.token', '--yes'], 'x')).code).toBe(0);
    expect(await opened(own)).toMatchObject({ stringData: { deep: { token: 'x' }, password: 'mark-er-1' } });
    const { err } = await secrets(['set', own, 'metadata.name', '--yes'], 'x');
    expect(err).toContain(`cannot change metadata.name in ${own}: that place is not encrypted`);
  });

  test.each([
    [['set', file, 'password', 'mark-er-9'], '', 'a value cannot be given as an argument'],
    [['set', file, 'password=mark-er-9'], '', 'a value cannot be given as an argument'],
    [['set', file, 'password'], '', 'no value for password: stdin is empty'],
    [['set', 'db', 'password'], 'x', 'db means 2 files: say which'],
    [['set', 'bd', 'password'], 'x', 'did you mean db?'],
    [['set', file, 'a/b'], 'x', 'a key has letters, digits'],
    [['set', 'apps/base/web/service.yaml', 'a'], 'x', 'is not encrypted: it has no sops block'],
    [['set', file, 'password'], 'a'.repeat(1024 * 1024 + 1), 'would hold 1048577 bytes'],
    [['set', file, 'password'], Buffer.alloc(5 * 1024 * 1024 + 1), 'larger than 5 MiB'],
  ])('%j is refused', async (words, stdin, reason) => {
    const { secrets, git } = await withDb();
    const { code, err } = await secrets([...words, '--yes'], stdin);
    expect(err).toContain(reason);
    expect([1, 2]).toContain(code);
    expect(err).not.toContain('mark-er');
    expect(git('status', '--porcelain')).toBe('');
  });

  test('declared and not there yet: how to create it is said', async () => {
    const { secrets, git } = await withDb();
    git('rm', '--quiet', webDb('staging'));
    const { code, err } = await secrets(['set', 'db', 'password', '--environment', 'staging', '--yes'], 'x');
    expect(code).toBe(1);
    expect(err).toContain('secrets create db --app web --environment staging');
  });
});

describe('secrets unset', () => {
  test('takes one key out; the model keeps its name while another environment has it', async () => {
    const { secrets, opened, read, files } = await withDb();
    const before = files();
    expect((await secrets(['unset', file, 'username', '--yes'])).code).toBe(0);
    expect(await opened(file)).toMatchObject({ stringData: { password: 'mark-er-1' } });
    expect(changedPaths(before, files())).toEqual([file]);
    expect((await secrets(['unset', webDb('staging'), 'username', '--yes'])).code).toBe(0);
    expect(read('flux-repo.yaml')).toContain('        keys:\n          - password\n');
    expect(read('flux-repo.yaml')).not.toContain('username');
  });

  test('a key that is not there, and the last one, are refused', async () => {
    const { secrets, git } = await withDb();
    const wrong = await secrets(['unset', file, 'pasword', '--yes']);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean password?') });
    expect(git('status', '--porcelain')).toBe('');
    expect((await secrets(['unset', file, 'username', '--yes'])).code).toBe(0);
    const last = await secrets(['unset', file, 'password', '--yes']);
    expect(last).toMatchObject({ code: 2, err: expect.stringContaining('it is the only key') });
    expect(last.err).toContain('secrets delete db --app web --environment production');
  });
});
