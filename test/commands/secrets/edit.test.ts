import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FakeSystem } from '../../support/fake-system.ts';
import { type SecretsRepository, webDb, withDb } from '../../support/secrets-repository.ts';
import { answering, keys } from '../../support/terminal.ts';

const file = webDb('production');

/** Somebody who takes what they typed, and leaves when it cannot be encrypted. */
const atTerminal = <Result>(system: FakeSystem, run: Promise<Result>) =>
  answering(system, run, { 'Apply this?': [keys.enter], 'What now?': [keys.down, keys.enter] });

/** Edits with a shell script, which gets the file as `$1`, and notes what the script saw. */
async function editing(script: string) {
  const repository = await withDb({ columns: 120 });
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
  const result = await atTerminal(system, secrets(['edit', file]));
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
    expect(saw('argv')).toMatch(/^\S+editor\.sh \S+\/create-flux-repo-\d+-\d+-\S+-\w{6}\/db\.yaml\n$/);
    expect(saw('env') + saw('argv')).not.toMatch(/mark-er|AGE-SECRET-KEY/);
  });

  test('what came into the file while the editor was open is not overwritten', async () => {
    const { secrets, system, beside, read, git } = await withDb({ columns: 120 });
    const value = beside('value', 'mark-er-newer');
    expect((await secrets(['set', file, 'username', '--from-file', value, '--yes'])).code).toBe(0);
    const newer = read(file);
    git('restore', file);
    beside('newer.yaml', newer);
    beside('editor.sh', `sed -i 's/mark-er-1/mark-er-typed/' "$1"; cp ../newer.yaml ${file}\n`);
    system.env = { ...system.env, EDITOR: 'sh ../editor.sh' };
    const { code, err } = await atTerminal(system, secrets(['edit', file]));
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('files changed since') });
    expect(read(file)).toBe(newer);
  });

  test('nothing edited: nothing to do', async () => {
    const { code, out, git } = await editing('true');
    expect({ code, out }).toEqual({ code: 0, out: `Nothing to do: ${file} is as it was.\n` });
    expect(git('status', '--porcelain')).toBe('');
  });

  test.each([
    ['a pipe', {}, []],
    ['--yes', { columns: 120 }, ['--yes']],
    ['--json', { columns: 120 }, ['--json']],
    ['--no-input', { columns: 120 }, ['--no-input']],
  ])('nobody to edit (%s): no editor, and what to do instead', async (_, options, flags) => {
    const { secrets, system, beside, git } = await withDb(options);
    system.env = { ...system.env, EDITOR: `sh ${join(system.cwd, beside('editor.sh', 'touch opened\n'))}` };
    const words = ['edit', 'db', '--app', 'web', '--environment', 'staging'];
    const { code, out, err } = await secrets([...words, ...flags]);
    expect(code).toBe(2);
    expect(out + err).toContain('secrets set db KEY --app web --environment staging --from-file FILE');
    expect(git('status', '--porcelain')).toBe('');
  });

  test('--dry-run opens no editor and says whether it could', async () => {
    const { secrets, system, keysFolder } = await withDb();
    system.env = { ...system.env, EDITOR: 'false' };
    const { code, out } = await secrets(['edit', file, '--dry-run']);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`Would open ${file} in false`) });
    rmSync(keysFolder, { recursive: true });
    expect((await secrets(['edit', file, '--dry-run'])).code).toBe(1);
  });

  test('no command is named that would do the same without a person', async () => {
    const { code, out } = await editing(`sed -i s/mark-er-1/mark-er-3/ "$1"`);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.not.stringContaining('secrets edit') });
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
    expect(edited.err).toMatch(new RegExp(`Try: npx \\S+ secrets edit ${file}\n`));
    expect(edited.err).not.toContain('from git');
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
    const { secrets, system } = await withDb({ columns: 120 });
    system.env = { ...system.env, SOPS_EDITOR: 'no-such-editor', EDITOR: 'true' };
    const { code, err } = await secrets(['edit', file]);
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('the editor could not be started') });
    expect(err).toContain('SOPS_EDITOR names it');
  });

  test('a plain file is not opened', async () => {
    const { secrets, write, system } = await withDb({ columns: 120 });
    system.env = { ...system.env, EDITOR: 'false' };
    const plain = 'apps/overlays/production/web/plain.yaml';
    write(plain, 'kind: Secret\nstringData:\n  a: mark-er-9\n');
    const { code, err } = await secrets(['edit', plain]);
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining(`${plain} is not encrypted`) });
    expect(err).not.toContain('mark-er');
  });

  test('a signal while the editor is open: what was typed and the plain text are gone', async () => {
    const { secrets, system, git } = await withDb({ columns: 120 });
    const runtime = join(system.home, 'runtime');
    mkdirSync(runtime);
    writeFileSync(join(system.home, 'slow.sh'), 'while [ -e "$1" ]; do sleep 0.05; done\n');
    system.env = { ...system.env, XDG_RUNTIME_DIR: runtime, EDITOR: `sh ${join(system.home, 'slow.sh')}` };
    const run = secrets(['edit', file]);
    while (readdirSync(runtime).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const { Cancelled } = await import('../../../src/errors.ts');
    system.abort(new Cancelled('SIGTERM'));
    expect(readdirSync(runtime)).toEqual([]);
    expect((await run).code).toBe(143);
    expect(git('status', '--porcelain')).toBe('');
  });
});
