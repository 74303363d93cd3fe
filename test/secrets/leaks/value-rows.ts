import { expect } from 'vitest';
import { answering, keys, personAt } from '../../support/terminal.ts';
import { done, giveStdin, giveTokens, knowPrivateKeys, type LeakRow, productionDb, withSecret } from './leak-row.ts';
import type { LeakTrial } from './leak-trial.ts';

const commit = ['--yes', '--commit'];

/** Somebody who takes what they typed, and leaves when it cannot be encrypted. */
const atTerminal = <Result>(trial: LeakTrial, run: Promise<Result>) =>
  answering(trial.system, run, { 'Apply this?': [keys.enter], 'What now?': [keys.down, keys.enter] });

/** Verbs that take or give values. */
export const valueRows: readonly LeakRow[] = [
  {
    verb: 'create',
    name: 'takes values from files',
    async act(trial) {
      giveTokens(trial);
      const lines = trial.input('db.env', `USER=${trial.secret('line of a file')}\n`);
      const file = trial.input('password', trial.secret('file'));
      const from = ['--from-file', `password=${file}`, '--from-env-file', lines];
      await done(trial.run('secrets', 'create', 'db', '--app', 'web', ...from, ...commit));
      knowPrivateKeys(trial);
    },
  },
  {
    verb: 'create',
    name: 'takes values from stdin, and shows a plan as JSON',
    async act(trial) {
      const map = () => JSON.stringify({ password: trial.secret('stdin'), user: trial.secret('stdin') });
      giveStdin(trial, map());
      await done(trial.run('secrets', 'create', 'db', '--app', 'web', '--dry-run', '--json'));
      giveStdin(trial, map());
      await done(trial.run('secrets', 'create', 'db', '--app', 'web', '--json', ...commit));
    },
  },
  {
    verb: 'create',
    name: 'takes a value from a prompt',
    columns: 100,
    async act(trial) {
      const person = personAt(trial.system);
      const only = ['--environment', 'production', '--key', 'password', '--commit'];
      const running = trial.run('secrets', 'create', 'db', '--app', 'web', '--type', 'Opaque', ...only);
      await person.answer('Value of password?', trial.secret('prompt'), keys.enter);
      await person.answer('Apply', keys.enter);
      await done(running);
    },
  },
  {
    verb: 'create',
    name: 'refuses input that it cannot read',
    async act(trial) {
      giveStdin(trial, `{"password": "${trial.secret('broken stdin')}", `);
      expect(await trial.run('secrets', 'create', 'db', '--app', 'web', '--yes', '--verbose')).toMatchObject({
        code: 2,
      });
      const flag = trial.secret('flag');
      expect(await trial.run('secrets', 'create', 'db', flag, '--app', 'web', '--yes')).toMatchObject({ code: 2 });
      const file = trial.input('lines', `KEY WITH BLANKS ${trial.secret('broken line')}\n`);
      expect(
        await trial.run('secrets', 'create', 'db', '--app', 'web', '--from-env-file', file, '--yes'),
      ).toMatchObject({
        code: 2,
      });
    },
  },
  {
    verb: 'set',
    name: 'takes a value from stdin or a file in the place of another',
    async act(trial) {
      giveTokens(trial);
      await withSecret(trial, { password: trial.secret('old value'), user: trial.secret('value beside it') });
      giveStdin(trial, trial.secret('stdin'));
      await done(trial.run('secrets', 'set', productionDb, 'password', '--json', ...commit));
      const file = trial.input('token', trial.secret('file'));
      await done(trial.run('secrets', 'set', productionDb, 'token', '--from-file', file, ...commit));
      knowPrivateKeys(trial);
    },
  },
  {
    verb: 'set',
    name: 'takes a value from a prompt',
    columns: 100,
    async act(trial) {
      await withSecret(trial, { password: trial.secret('old value') });
      const person = personAt(trial.system);
      const running = trial.run('secrets', 'set', productionDb, 'password', '--commit');
      await person.answer('password?', trial.secret('prompt'), keys.enter);
      await person.answer('Apply', keys.enter);
      await done(running);
    },
  },
  {
    verb: 'unset',
    name: 'takes a key out',
    async act(trial) {
      await withSecret(trial, { password: trial.secret('value'), user: trial.secret('value beside it') });
      await done(trial.run('secrets', 'unset', productionDb, 'user', ...commit));
      await done(
        trial.run('secrets', 'unset', 'db', 'user', '--app', 'web', '--environment', 'staging', '--json', ...commit),
      );
      knowPrivateKeys(trial);
    },
  },
  {
    verb: 'edit',
    name: 'gives the plain text to the editor and to nobody else',
    columns: 100,
    async act(trial) {
      giveTokens(trial);
      await withSecret(trial, seenByEditor(trial, 'value'));
      openWith(trial, `sed -i 's|password: .*|password: "${trial.secret('edited', { mayShow: inEditor })}"|' "$1"`);
      await done(atTerminal(trial, trial.run('secrets', 'edit', productionDb, '--commit')));
      knowPrivateKeys(trial);
    },
  },
  {
    verb: 'edit',
    name: 'keeps nothing of what cannot be encrypted, or of an editor that fails',
    columns: 100,
    async act(trial) {
      await withSecret(trial, seenByEditor(trial, 'value'));
      const broken = trial.secret('broken edit', { mayShow: inEditor });
      openWith(trial, `printf 'a: [%s' '${broken}' >> "$1"`);
      const running = trial.run('secrets', 'edit', productionDb, '--verbose', '--commit');
      expect(await atTerminal(trial, running)).toMatchObject({ code: 1 });
      openWith(trial, `printf '%s' '${broken}' >> "$1"; exit 7`);
      expect(await trial.run('secrets', 'edit', productionDb, '--commit')).toMatchObject({ code: 1 });
    },
  },
  {
    verb: 'show',
    name: 'shows values on stdout and nowhere else',
    async act(trial) {
      giveTokens(trial);
      const shown = { mayShow: [/^stdout$/] };
      const hidden = { password: trial.secret('value', shown), user: trial.secret('value', shown) };
      await withSecret(trial, hidden);
      expect(await trial.run('secrets', 'show', productionDb)).toMatchObject({ code: expect.any(Number), out: '' });
      expect((await done(trial.run('secrets', 'show', productionDb, '--force'))).out).toContain(hidden.user);
      expect((await done(trial.run('secrets', 'show', productionDb, 'user', '--force', '--json'))).out).toContain(
        'mark',
      );
      knowPrivateKeys(trial);
    },
  },
  {
    verb: 'delete',
    name: 'takes a Secret away',
    async act(trial) {
      await withSecret(trial, { password: trial.secret('value') });
      await done(trial.run('secrets', 'delete', 'db', '--app', 'web', '--confirm', 'db', '--json', ...commit));
      knowPrivateKeys(trial);
    },
  },
];

/** An editor is given the plain text in a file: its record has a copy of the temporary folder. */
const inEditor = [/^records\/editor\.\w+\/temporary\//];

function seenByEditor(trial: LeakTrial, channel: string): Record<string, string> {
  return { password: trial.secret(channel, { mayShow: inEditor }), user: trial.secret(channel, { mayShow: inEditor }) };
}

function openWith(trial: LeakTrial, script: string): void {
  trial.setEnvironment({ EDITOR: trial.programs.add('editor', script, { takesInput: false }) });
}
