import { describe, expect, test } from 'vitest';
import { version } from '../../../src/cli/program.ts';
import { secretsRepository, webDb, withDb } from '../../support/secrets-repository.ts';
import { keys, personAt } from '../../support/terminal.ts';

const { down, enter, interrupt, clear } = keys;
const terminal = { columns: 120 };

describe('secrets create asks', () => {
  test('name, owner, environments, type, keys and values, which nobody sees', async () => {
    const { secrets, system, opened, git } = await secretsRepository(undefined, terminal);
    const person = personAt(system);
    const run = secrets(['create']);
    await person.answer('What is the Secret called?', 'Db', enter);
    await person.see('try "db"');
    await person.answer('', clear, 'db', enter);
    await person.answer('Whose is it?', enter);
    await person.answer('In which environments?', enter);
    await person.answer('What kind of Secret is it?', enter);
    await person.answer('Which keys does it have?', 'password=mark-er-1', enter);
    await person.see('a key has no "="');
    await person.answer('', clear, 'password username', enter);
    await person.answer('Value of password?', enter);
    await person.see('It is needed');
    await person.answer('', 'hunter2', enter);
    await person.answer('Value of username?', 'admin', enter);
    const review = await person.see('Apply this?');
    expect(review).toContain('Add secret db of app web');
    expect(review).toContain('production, staging get the same values.');
    expect(git('status', '--porcelain')).toBe('');
    system.stdin.write(enter);
    expect((await run).code).toBe(0);
    expect(await opened(webDb('staging'))).toMatchObject({ stringData: { password: 'hunter2', username: 'admin' } });
    expect(person.screen() + system.out()).not.toMatch(/hunter2|admin/);
    expect(system.out()).toContain(
      `npx create-flux-repo@${version} secrets create db --app web --type Opaque --from-file password=FILE --from-file username=FILE --yes\n`,
    );
  });

  test('only for what flags do not say; keys of many lines by the name of their file', async () => {
    const { secrets, system, beside, opened } = await secretsRepository(undefined, terminal);
    const person = personAt(system);
    const run = secrets(['create', 'deploy', '--cluster', 'staging', '--type', 'ssh-auth']);
    await person.answer('Which file holds the private key?', 'missing', enter);
    await person.see('cannot read the file for "ssh-privatekey"');
    await person.answer('', clear, beside('id', 'one\ntwo\n'), enter);
    await person.answer('Which file holds known_hosts?', enter);
    await person.answer('Apply this?', enter);
    expect((await run).code).toBe(0);
    expect(await opened('secrets/staging/deploy.sops.yaml')).toMatchObject({
      type: 'kubernetes.io/ssh-auth',
      stringData: { 'ssh-privatekey': 'one\ntwo\n' },
    });
  });

  test.each([
    ['at once', ['mark-1\nmark-2\nmark-3\n']],
    ['in pieces, cut at a line break', ['mark-1\r', 'mark-2\r']],
    ['after something was typed', ['m', 'ark-1\rmark-2']],
  ])('several lines pasted %s: none is taken, and the flag for a file is named', async (_, pieces) => {
    const { secrets, system, opened } = await secretsRepository(undefined, terminal);
    const person = personAt(system);
    const run = secrets(['create', 'db', '--app', 'web', '--environment', 'staging', '--key', 'token']);
    await person.answer('Value of token?', ...pieces);
    await person.see('Those were several lines, none was taken.');
    await person.see('--from-file token=FILE');
    await person.answer('', 'hunter2\n');
    await person.answer('Apply this?', enter);
    expect((await run).code).toBe(0);
    expect(await opened(webDb('staging'))).toMatchObject({ stringData: { token: 'hunter2' } });
    expect(person.screen()).not.toMatch(/mark|hunter2/);
  });

  test('--key asks for values alone; leaving writes nothing', async () => {
    const { secrets, system, git } = await secretsRepository(undefined, terminal);
    const person = personAt(system);
    const run = secrets(['create', 'db', '--app', 'web', '--environment', 'staging', '--key', 'token']);
    await person.answer('Value of token?', 'hunter2', interrupt);
    expect((await run).code).toBe(130);
    expect(person.screen()).toContain('Cancelled. Nothing was written.');
    expect(git('status', '--porcelain')).toBe('');
  });
});

describe('other verbs ask', () => {
  test('set: several lines are refused, and --from-file is named as set takes it', async () => {
    const { secrets, system, git } = await withDb(terminal);
    const person = personAt(system);
    const run = secrets(['set', webDb('staging'), 'password']);
    await person.answer('Value of password?', 'one\ntwo\n');
    await person.see('use --from-file FILE');
    system.stdin.write(interrupt);
    expect((await run).code).toBe(130);
    expect(git('status', '--porcelain')).toBe('');
  });

  test('set: which file, and the value', async () => {
    const { secrets, system, opened } = await withDb(terminal);
    const person = personAt(system);
    const run = secrets(['set', 'db', 'password']);
    await person.answer('Which one?', down, enter);
    await person.answer('Value of password?', 'hunter2', enter);
    await person.answer('Apply this?', enter);
    expect((await run).code).toBe(0);
    expect(await opened(webDb('staging'))).toMatchObject({ stringData: { password: 'hunter2' } });
    expect(await opened(webDb('production'))).toMatchObject({ stringData: { password: 'mark-er-1' } });
  });

  test('delete: its name once more', async () => {
    const { secrets, system, files } = await withDb(terminal);
    const person = personAt(system);
    const run = secrets(['delete', 'db']);
    await person.answer('Type db to delete it', 'web', enter);
    await person.see('Type db, or leave with Ctrl-C');
    await person.answer('', clear, 'db', enter);
    await person.answer('Apply this?', enter);
    expect((await run).code).toBe(0);
    expect(Object.keys(files())).not.toContain(webDb('staging'));
  });

  test('edit: again, after a mistake, with what was typed', async () => {
    const { secrets, system, beside, opened } = await withDb(terminal);
    const script = `if grep -q '\\[' "$1"; then sed -i 's/\\[/x/' "$1"; else sed -i 's/mark-er-1/[/' "$1"; fi\n`;
    system.env = { ...system.env, EDITOR: `sh ${system.cwd}/${beside('editor.sh', script)}` };
    const person = personAt(system);
    const run = secrets(['edit', webDb('staging')]);
    await person.answer('What now?', enter);
    await person.answer('Apply this?', enter);
    expect((await run).code).toBe(0);
    expect(await opened(webDb('staging'))).toMatchObject({ stringData: { password: 'x' } });
  });
});
