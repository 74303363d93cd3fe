import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSealingKey } from '../../src/secrets/sealed-secrets/sealing-key.ts';
import { sealedSecrets } from '../../src/secrets/strategies/sealed-secrets.ts';
import { textValue, valueOfBytes } from '../../src/secrets/values/secret-value.ts';
import { declaredDb } from '../secrets/sealed-secrets/sealing.ts';
import { completeModel } from '../support/complete-model.ts';

const isMissing = spawnSync('kubeseal', ['--version']).error !== undefined;
if (isMissing) console.warn('SKIPPED sealed secrets against kubeseal: it is not in PATH');

const texts = ['', 'x', '${not} a $variable', 'two\nlines\n', 'ü→😀', 'x'.repeat(100_000)];
const binary = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const values = new Map([
  ...texts.map((text, index) => [`text-${index}`, textValue(text)] as const),
  ['all.bytes', valueOfBytes(binary)] as const,
]);

describe.skipIf(isMissing)('kubeseal', () => {
  const model = completeModel({ apps: { web: { image: 'nginx' } }, secrets: { strategy: 'sealed-secrets' } });
  let folder = '';
  let certificate = '';
  let sealed = '';
  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-kubeseal-')));
    const key = await generateSealingKey({ environment: 'production', namespace: 'sealed-secrets', now: new Date() });
    certificate = key.certificate;
    writeFileSync(join(folder, 'key.yaml'), key.manifest.reveal(), { mode: 0o600 });
    writeFileSync(join(folder, 'cert.pem'), certificate);
    const context = { model, now: new Date(), read: () => certificate };
    sealed = (await sealedSecrets.seal?.({ declared: declaredDb, values }, context))?.text ?? '';
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const kubeseal = (input: string, ...args: string[]) =>
    execFileSync('kubeseal', args, { cwd: folder, input, encoding: 'utf8', stdio: 'pipe', maxBuffer: 1e8 });
  const unseal = (text: string) => kubeseal(text, '--recovery-unseal', '--recovery-private-key', 'key.yaml');

  it('opens what we seal with the private half that we wrote, byte for byte', () => {
    const secret = JSON.parse(unseal(sealed));
    expect(secret).toMatchObject({ kind: 'Secret', type: 'Opaque', metadata: { name: 'db', namespace: 'web' } });
    // Go writes no bytes as null
    const opened = Object.entries<string | null>(secret.data).map(([key, text]) => [
      key,
      Buffer.from(text ?? '', 'base64'),
    ]);
    expect(Object.fromEntries(opened)).toEqual(
      Object.fromEntries([...texts.map((text, index) => [`text-${index}`, Buffer.from(text)]), ['all.bytes', binary]]),
    );
  });

  it('does not open it under another name', () => {
    expect(() => unseal(sealed.replaceAll('name: db', 'name: other'))).toThrow(/no key could decrypt/);
  });

  it('seals with the certificate that we made, and opens that with our private half', () => {
    const plain = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'b' }, stringData: { c: 'd' } };
    const theirs = kubeseal(JSON.stringify(plain), '--cert', 'cert.pem');
    expect(JSON.parse(unseal(theirs)).data).toEqual({ c: Buffer.from('d').toString('base64') });
  });
});
