import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { envLines } from '../../../src/secrets/values/env-lines.ts';
import { fileSource, readStdin, readValueFile } from '../../../src/secrets/values/read-value-file.ts';
import type { SecretValues } from '../../../src/secrets/values/secret-value.ts';
import { valuesText } from '../../../src/secrets/values/values-text.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'values-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plain = (values: SecretValues) =>
  Object.fromEntries([...values].map(([key, value]) => [key, value.text.reveal()]));
const linesOf = (text: string, env = {}) => plain(envLines(text, { what: 'prod.env', env }));

describe('--from-file', () => {
  test.each([
    ['certs/tls.crt', { key: 'tls.crt', path: 'certs/tls.crt' }],
    ['cert=certs/tls.crt', { key: 'cert', path: 'certs/tls.crt' }],
    ['cert=a=b.pem', { key: 'cert', path: 'a=b.pem' }],
  ])('%s', (text, source) => {
    expect(fileSource(text)).toEqual(source);
  });

  test.each(['=file', 'key=', ''])('%j names no key or no file', (text) => {
    expect(() => fileSource(text)).toThrow('KEY=FILE');
  });

  test('takes every byte, a line break at the end too', async () => {
    writeFileSync(join(folder, 'token'), 'abc\n');
    const value = await readValueFile({ key: 'token', path: 'token' }, folder);
    expect(value.text.reveal()).toBe('abc\n');
    expect(value.isBinary).toBe(false);
  });

  test('takes what is no text as base64', async () => {
    writeFileSync(join(folder, 'store.jks'), Buffer.from([0xfe, 0xed, 0x00]));
    const value = await readValueFile({ key: 'store.jks', path: 'store.jks' }, folder);
    expect(value).toMatchObject({ isBinary: true });
    expect(value.text.reveal()).toBe('/u0A');
  });

  test('does not repeat what stands where a file should: it may be the value', async () => {
    const failure = await readValueFile({ key: 'password', path: 'hunter2' }, folder).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'secret-source', message: 'cannot read the file for "password"' });
    expect(JSON.stringify({ ...(failure as object) })).not.toContain('hunter2');
  });

  test('a folder is no value', async () => {
    await expect(readValueFile({ key: 'a', path: '.' }, folder)).rejects.toMatchObject({
      why: ['it is a folder (EISDIR)'],
    });
  });

  test('a file above 5 MiB is refused before it is read', async () => {
    writeFileSync(join(folder, 'large'), '');
    truncateSync(join(folder, 'large'), 5 * 1024 * 1024 + 1);
    await expect(readValueFile({ key: 'large', path: 'large' }, folder)).rejects.toMatchObject({
      code: 'secret-too-large',
      message: 'cannot take the file for "large": it is larger than 5 MiB',
    });
  });

  test('stdin above 5 MiB is refused', async () => {
    const stdin = new PassThrough();
    stdin.end(Buffer.alloc(5 * 1024 * 1024 + 1, 'a'));
    await expect(readStdin(stdin)).rejects.toMatchObject({ code: 'secret-too-large' });
  });
});

describe('lines of KEY=VALUE, as kubectl reads them', () => {
  test('comments and blank lines do not count; blanks, quotes and further "=" belong to the value', () => {
    expect(linesOf('\uFEFF# db\n\n  USER=admin\nURL="a=b" # c\r\nEMPTY=\n')).toEqual({
      USER: 'admin',
      URL: '"a=b" # c',
      EMPTY: '',
    });
  });

  test('a name alone takes the variable of that name', () => {
    expect(linesOf('TOKEN\n', { TOKEN: 'abc' })).toEqual({ TOKEN: 'abc' });
    expect(() => linesOf('A=1\nTOKEN\n')).toThrow('prod.env:2 has no "="');
  });

  test('a line that goes on with the value of the one before is not repeated', () => {
    expect(() => linesOf('KEY=-----BEGIN\nhun ter2==\n')).toThrow(/^prod\.env:2 does not begin with a key/);
  });

  test('a line of a shell is told apart, and what to do', () => {
    const read = () => linesOf('A=1\nexport B=hunter2\n');
    expect(read).toThrow('prod.env:2 begins with "export"');
    expect(read).not.toThrow('hunter2');
  });

  test('a name that is there twice is refused', () => {
    expect(() => linesOf('A=1\nA=2\n')).toThrow('prod.env:2 has a key for the second time: A');
  });
});

describe('values on stdin', () => {
  const stdin = (text: string) => plain(valuesText(text, {}));

  test.each([
    ['JSON', '{"user": "admin", "pin": "0644"}'],
    ['YAML', '---\n# db\nuser: admin\npin: 0644\n'],
    ['lines', '# db\nuser=admin\npin=0644\n'],
  ])('as %s', (_, text) => {
    expect(stdin(text)).toEqual({ user: 'admin', pin: '0644' });
  });

  test('numbers and booleans are the text they are written as', () => {
    expect(stdin('a: 1e3\nb: yes\nc:\nd: |\n  one\n  two\n')).toEqual({ a: '1e3', b: 'yes', c: '', d: 'one\ntwo\n' });
  });

  test.each([
    ['a: [hunter2]', 'stdin has a list, a map or an alias at key "a"'],
    ['a: {b: hunter2}', 'stdin has a list, a map or an alias at key "a"'],
    ['hunter2', 'stdin holds no map'],
    ['{"a": "hunter2"', 'stdin is no YAML, line 1'],
    ['a: hunter2\na: b', 'stdin is no YAML, line 2'],
    ['  \n# nothing\n', 'stdin is empty'],
  ])('%j is refused without a value in the message', (text, message) => {
    expect(() => stdin(text)).toThrow(message);
    expect(() => stdin(text)).not.toThrow('hunter2');
  });
});
