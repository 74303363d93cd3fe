import { constants, createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ExpectedError } from '../../../src/errors.ts';
import { sealedSecrets } from '../../../src/secrets/strategies/sealed-secrets.ts';
import { textValue, valueOfBytes } from '../../../src/secrets/values/secret-value.ts';
import { completeModel } from '../../support/complete-model.ts';
import { declaredDb, smallKey } from '../sealed-secrets/sealing.ts';

const now = new Date('2026-11-23T08:00:00Z');
const key = smallKey({ notBefore: '2026-01-01T00:00:00Z', notAfter: '2036-01-01T00:00:00Z' });
const model = completeModel({ apps: { web: { image: 'nginx' } }, secrets: { strategy: 'sealed-secrets' } });
const binary = Buffer.from([0, 255, 128, 10]);
const values = new Map([
  ['username', textValue('ada')],
  ['password', textValue('${pa}$$word "ü"\n')],
  ['key.bin', valueOfBytes(binary)],
]);

function seal(certificate: string | undefined, declared = declaredDb) {
  const read = (path: string) => (path === 'sealed-secrets/production.pem' ? certificate : undefined);
  if (sealedSecrets.seal === undefined) throw new Error('it seals');
  return sealedSecrets.seal({ declared, values }, { model, now, read });
}

/** What the controller does, written apart from the code that seals. */
function unsealed(text: string, privateKey: KeyObject, label: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const length = bytes.readUInt16BE(0);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const session = privateDecrypt(
    { key: privateKey, padding, oaepHash: 'sha256', oaepLabel: Buffer.from(label) },
    bytes.subarray(2, 2 + length),
  );
  const decipher = createDecipheriv('aes-256-gcm', session, Buffer.alloc(12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(2 + length, -16)), decipher.final()]);
}

async function failure(act: Promise<unknown>): Promise<ExpectedError> {
  try {
    await act;
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('the strategy sealed-secrets', () => {
  it('writes a SealedSecret that opens to the same bytes', async () => {
    const { path, text, warnings } = await seal(key.certificate);
    expect(path).toBe(declaredDb.path);
    expect(warnings).toEqual([]);
    const { spec, ...object } = parse(text);
    expect(object).toEqual({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: { name: 'db', namespace: 'web' },
    });
    expect(spec.template).toEqual({ metadata: { name: 'db', namespace: 'web' }, type: 'Opaque' });
    expect(Object.keys(spec.encryptedData)).toEqual(['key.bin', 'password', 'username']);
    const opened = (name: string) => unsealed(spec.encryptedData[name], key.privateKey, 'web/db');
    expect(opened('username').toString()).toBe('ada');
    expect(opened('password').toString()).toBe('${pa}$$word "ü"\n');
    expect(opened('key.bin')).toEqual(binary);
  });

  it('seals for one name in one namespace', async () => {
    const { spec } = parse((await seal(key.certificate)).text);
    expect(() => unsealed(spec.encryptedData.username, key.privateKey, 'web/other')).toThrow();
  });

  it('seals no value like another time', async () => {
    const [one, other] = await Promise.all([seal(key.certificate), seal(key.certificate)]);
    const of = ({ text }: { text: string }) => Object.values<string>(parse(text).spec.encryptedData);
    expect(new Set([...of(one), ...of(other)]).size).toBe(6);
  });

  it('says what type the Secret has', async () => {
    const declared = { ...declaredDb, type: 'basic-auth' } as const;
    expect(parse((await seal(key.certificate, declared)).text).spec.template.type).toBe('kubernetes.io/basic-auth');
  });

  it('seals a Secret of a cluster for its environment', async () => {
    const declared = { ...declaredDb, environment: undefined, cluster: 'production', namespace: 'flux-system' };
    const { spec } = parse((await seal(key.certificate, declared)).text);
    expect(unsealed(spec.encryptedData.username, key.privateKey, 'flux-system/db').toString()).toBe('ada');
  });

  it('warns before the certificate ends', async () => {
    const soon = smallKey({ notBefore: '2026-01-01T00:00:00Z', notAfter: '2026-12-24T00:00:00Z' });
    const { warnings } = await seal(soon.certificate);
    expect(warnings.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'warning: the certificate ends on 2026-12-24: nothing can be sealed for it then',
    ]);
  });

  it.each([
    ['there is none', undefined, /there is no certificate sealed-secrets\/production\.pem/],
    ['it is another file', 'hello\n', /no certificate in PEM form/],
    ['it is damaged', key.certificate.replace(/\n.{10}/, '\nAAAAAAAAAA'), /its certificate is damaged/],
    [
      'it has ended',
      smallKey({ notBefore: '2025-01-01Z', notAfter: '2026-01-02Z' }).certificate,
      /ended on 2026-01-02/,
    ],
    ['it is the private half', `-----BEGIN RSA PRIVATE KEY-----\n${key.certificate}`, /a private key is in it/],
  ])('refuses a certificate when %s, and says no value', async (_, certificate, message) => {
    const { message: said, why, hint } = await failure(seal(certificate));
    expect(said).toMatch(message);
    expect([said, ...why, hint].join('\n')).not.toMatch(/ada|pa\}/);
    expect(hint).toContain(
      'kubeseal --controller-namespace sealed-secrets --fetch-cert > sealed-secrets/production.pem',
    );
  });
});
