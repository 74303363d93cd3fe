import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingInputs, secretTypeRows } from '../../src/secrets/secret-types.ts';
import { checkValues } from '../../src/secrets/values/check-values.ts';
import { textValue } from '../../src/secrets/values/secret-value.ts';

const valuesOf = (texts: Record<string, string>) =>
  new Map(Object.entries(texts).map(([key, text]) => [key, textValue(text)]));

/** It makes the certificates. */
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.warn('skipped: the cases about certificates need openssl');

describe('docker-registry', () => {
  const row = secretTypeRows['docker-registry'];

  test('makes the file that kubelet reads', () => {
    const values = row.valuesOf?.(
      valuesOf({ server: 'ghcr.io', username: 'me', password: 'p"w', email: 'a@b.c', note: 'x' }),
    );
    expect([...(values?.keys() ?? [])]).toEqual(['note', '.dockerconfigjson']);
    expect(JSON.parse(values?.get('.dockerconfigjson')?.text.reveal() ?? '')).toEqual({
      auths: {
        'ghcr.io': { username: 'me', password: 'p"w', email: 'a@b.c', auth: Buffer.from('me:p"w').toString('base64') },
      },
    });
  });

  test('takes Docker Hub when no server is named', () => {
    const values = row.valuesOf?.(valuesOf({ username: 'me', password: 'pw' }));
    expect(values?.get('.dockerconfigjson')?.text.reveal()).toContain('"https://index.docker.io/v1/"');
  });

  test('takes the file itself instead, when it is one', () => {
    expect(missingInputs('docker-registry', new Set(['.dockerconfigjson']))).toEqual([]);
    expect(() =>
      checkValues('secret a', 'docker-registry', valuesOf({ '.dockerconfigjson': '{"auths":{}}' })),
    ).not.toThrow();
    for (const text of ['hunter2', '[]', '{"auths":[]}'])
      expect(() => checkValues('secret a', 'docker-registry', valuesOf({ '.dockerconfigjson': text }))).toThrow(
        'auths',
      );
  });

  test('misses what nobody gave', () => {
    expect(missingInputs('docker-registry', new Set(['username'])).map(({ key }) => key)).toEqual(['password']);
    expect(missingInputs('basic-auth', new Set()).map(({ key }) => key)).toEqual(['username', 'password']);
    expect(missingInputs('ssh-auth', new Set()).map(({ key }) => key)).toEqual(['ssh-privatekey']);
    expect(missingInputs('Opaque', new Set())).toEqual([]);
  });
});

describe.skipIf(!hasOpenssl)('tls', () => {
  let folder: string;
  const pem: Record<string, string> = {};

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tls-'));
    for (const name of ['one', 'two']) {
      const files = ['-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.crt`)];
      const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', `/CN=${name}`];
      execFileSync('openssl', ['req', '-x509', ...kind, ...files], { stdio: 'ignore' });
      for (const end of ['key', 'crt']) pem[`${name}.${end}`] = readFileSync(join(folder, `${name}.${end}`), 'utf8');
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const check = (crt: string, key: string) => () =>
    checkValues('secret a', 'tls', valuesOf({ 'tls.crt': pem[crt] ?? crt, 'tls.key': pem[key] ?? key }));

  test('a certificate and its key are a pair', () => {
    expect(check('one.crt', 'one.key')).not.toThrow();
  });

  test.each([
    ['one.crt', 'two.key', 'tls.crt and tls.key do not belong together'],
    ['one.key', 'one.key', 'tls.crt is no certificate'],
    ['one.crt', 'hunter2', 'tls.key is no private key'],
    ['one.crt', '-----BEGIN ENCRYPTED PRIVATE KEY-----', 'protected by a passphrase'],
  ])('%s with %s: %s', (crt, key, message) => {
    expect(check(crt, key)).toThrow(message);
    expect(check(crt, key)).not.toThrow('hunter2');
  });
});

describe('any Secret', () => {
  test.each([
    ['', 'cannot be empty'],
    ['a b', 'letters, digits'],
    ['..', 'cannot be "."'],
    ['x'.repeat(254), 'at most 253'],
  ])('has no key %j', (key, message) => {
    expect(() => checkValues('secret a', 'Opaque', valuesOf({ [key]: 'hunter2' }))).toThrow(message);
  });

  test('holds at most 1 MiB', () => {
    const half = 'a'.repeat(512 * 1024);
    expect(() => checkValues('secret a', 'Opaque', valuesOf({ one: half, two: half }))).not.toThrow();
    expect(() => checkValues('secret a', 'Opaque', valuesOf({ one: half, two: `${half}b` }))).toThrow(
      'secret a would hold 1048577 bytes',
    );
  });
});
