import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type SecretsRepository, webDb, withDb } from '../../support/secrets-repository.ts';

const file = webDb('production');

/** Edits with a shell script, which gets the file as `$1`, and notes what the script saw. */
async function editing(script: string, flags: readonly string[] = ['--yes']) {
  const repository = await withDb();
  const { system, beside, secrets } = repository;
  const runtime = join(system.home, 'runtime');
  mkdirSync(runtime);
  beside('editor.sh', `env > "$SEEN/env"; echo "$0 $*" > "$SEEN/argv"; cp "$1" "$SEEN/text"; ${script}\n`);
  const seen = join(system.home, 'seen');
  mkdirSync(seen);
  system.env = {
    ...system.env,
    SEEN: seen,
    XDG_RUNTIME_DIR: runtime,
    SOPS_AGE_KEY: 'AGE-SECRET-KEY-1MARKER',
    EDITOR: `sh ${join(system.cwd, '../editor.sh')}`,
  };
  const result = await secrets(['edit', file, ...flags]);
  const leftovers = readdirSync(runtime);
  return { ...repository, ...result, leftovers, saw: (name: string) => readFileSync(join(seen, name), 'utf8') };
}

const unchanged = ({ git }: SecretsRepository) => git('status', '--porcelain') === '';

describe.skipIf(process.platform === 'win32')('secrets edit', () => {
  test('encrypts what the editor left; what it left alone keeps its ciphertext', async () => {
    const edited = await editing(`sed -i 's/mark-er-1/mark-er-new/' "$1"`);
    expect({ code: edited.code, err: edited.err }).toMatchObject({ code: 0 });
    expect(edited.git('diff', '--numstat')).toMatch(/^([23])\t\1\tapps/);
    expect(await edited.opened(file)).toMatchObject({ stringData: { password: 'mark-er-new', username: 'mark-er-2' } });
    expect(edited.saw('text')).toContain('  password: mark-er-1\n');
    expect(edited.leftovers).toEqual([]);
  });

  test('gives the editor neither text nor keys in arguments and environment', async () => {
    const { saw } = await editing('true');
    expect(saw('argv')).toMatch(/^\S+editor\.sh \S+\/create-flux-repo-\w+\/db\.yaml\n$/);
    expect(saw('env') + saw('argv')).not.toMatch(/mark-er|AGE-SECRET-KEY/);
  });

  test('nothing edited: nothing to do', async () => {
    const { code, out, git } = await editing('true', []);
    expect({ code, out }).toEqual({ code: 0, out: `Nothing to do: ${file} is as it was.\n` });
    expect(git('status', '--porcelain')).toBe('');
  });

  test('a new key is named in the model, one that went is not', async () => {
    const edited = await editing(`sed -i 's/  username: .*/  user: x/' "$1"`);
    expect(edited.code).toBe(0);
    expect(edited.read('flux-repo.yaml')).toContain('- password\n          - user\n          - username\n');
  });

  test.each([
    ['no YAML', `echo '  x: [' >> "$1"`, 'is not valid YAML'],
    ['not UTF-8', `printf '\\377' >> "$1"`, 'is not UTF-8 text'],
    ['a number', `echo '  port: 5432' >> "$1"`, 'has a number in stringData.port, where a Secret holds text only'],
    ['a boolean', `echo '  on: true' >> "$1"`, 'has a boolean in stringData.on, where a Secret holds text only'],
    ['a block of sops', `echo 'sops: {}' >> "$1"`, 'has a sops block already'],
    ['merge conflict markers', `echo '<<<<<<< HEAD' >> "$1"`, 'has the markers of a git merge conflict'],
    ['above 5 MiB', `head -c 6000000 /dev/zero | tr '\\0' '#' >> "$1"`, 'is 5 MiB or larger'],
    ['nothing', `: > "$1"`, 'is empty'],
  ])('what becomes %s is refused: the file stays, nothing is left behind', async (_, script, reason) => {
    const edited = await editing(script);
    expect(edited.code).toBe(1);
    expect(edited.err).toContain(reason);
    expect(edited.err).toContain('The file is as it was; of what was edited nothing is kept.');
    expect(edited.err).not.toContain('mark-er');
    expect(unchanged(edited)).toBe(true);
    expect(edited.leftovers).toEqual([]);
  });

  test.each([
    ['exit 3', 'the editor ended with code 3'],
    ['kill -9 $$', 'the editor ended with code 137'],
  ])('an editor that fails (%s) changes nothing and leaves nothing behind', async (script, reason) => {
    const edited = await editing(`sed -i s/mark/x/ "$1"; cp "$1" "$1.swp"; ${script}`);
    expect({ code: edited.code, err: edited.err }).toMatchObject({ code: 1, err: expect.stringContaining(reason) });
    expect(unchanged(edited)).toBe(true);
    expect(edited.leftovers).toEqual([]);
  });

  test('an editor that is not there', async () => {
    const { secrets, system } = await withDb();
    system.env = { ...system.env, SOPS_EDITOR: 'no-such-editor', EDITOR: 'true' };
    const { code, err } = await secrets(['edit', file, '--yes']);
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('the editor could not be started') });
    expect(err).toContain('SOPS_EDITOR names it');
  });

  test('a plain file is not opened', async () => {
    const { secrets, write, system } = await withDb();
    system.env = { ...system.env, EDITOR: 'false' };
    const plain = 'apps/overlays/production/web/plain.yaml';
    write(plain, 'kind: Secret\nstringData:\n  a: mark-er-9\n');
    const { code, err } = await secrets(['edit', plain, '--yes']);
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining(`${plain} is not encrypted`) });
    expect(err).not.toContain('mark-er');
  });

  test('a signal while the editor is open: what was typed and the plain text are gone', async () => {
    const { secrets, system, git } = await withDb();
    const runtime = join(system.home, 'runtime');
    mkdirSync(runtime);
    writeFileSync(join(system.home, 'slow.sh'), 'while [ -e "$1" ]; do sleep 0.05; done\n');
    system.env = { ...system.env, XDG_RUNTIME_DIR: runtime, EDITOR: `sh ${join(system.home, 'slow.sh')}` };
    const run = secrets(['edit', file, '--yes']);
    while (readdirSync(runtime).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const { Cancelled } = await import('../../../src/errors.ts');
    system.abort(new Cancelled('SIGTERM'));
    expect(readdirSync(runtime)).toEqual([]);
    expect((await run).code).toBe(143);
    expect(git('status', '--porcelain')).toBe('');
  });
});
