import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { generateSealingKey, type SealingKey } from '../../../src/secrets/sealed-secrets/sealing-key.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.warn('SKIPPED certificates against openssl: it is not in PATH');

const now = new Date('2026-11-23T08:30:15.500Z');
let key: SealingKey;
let folder = '';
beforeAll(async () => {
  key = await generateSealingKey({ environment: 'production', namespace: 'sealed-secrets', now });
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-sealing-')));
  writeFileSync(join(folder, 'cert.pem'), key.certificate);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });

describe('a sealing key', () => {
  it('is a Secret that the controller takes, with the private half of the certificate', () => {
    const manifest = parse(key.manifest.reveal());
    expect(manifest).toMatchObject({
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: {
        name: 'sealed-secrets-key-production',
        namespace: 'sealed-secrets',
        labels: { 'sealedsecrets.bitnami.com/sealed-secrets-key': 'active' },
      },
    });
    const decoded = (name: string) => Buffer.from(manifest.data[name], 'base64').toString();
    expect(decoded('tls.crt')).toBe(key.certificate);
    expect(new X509Certificate(key.certificate).checkPrivateKey(createPrivateKey(decoded('tls.key')))).toBe(true);
  });

  it('is not shown by accident', () => {
    expect(JSON.parse(JSON.stringify(key))).toEqual({ certificate: key.certificate, manifest: '[redacted]' });
    expect(`${key.manifest}`).toBe('[redacted]');
  });

  it('holds for ten years from the second it was made', () => {
    const { validFrom, validTo, subject, serialNumber } = new X509Certificate(key.certificate);
    expect(new Date(validFrom).toISOString()).toBe('2026-11-23T08:30:15.000Z');
    expect(new Date(validTo).toISOString()).toBe('2036-11-23T08:30:15.000Z');
    expect(subject).toBe('CN=sealed-secrets production');
    expect(serialNumber.length).toBeGreaterThan(24);
  });
});

describe.skipIf(!hasOpenssl)('openssl', () => {
  it('reads the certificate and accepts its signature', () => {
    const text = openssl('x509', '-in', 'cert.pem', '-noout', '-text');
    expect(text).toContain('Version: 3 (0x2)');
    expect(text).toContain('Public-Key: (4096 bit)');
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE/);
    expect(openssl('verify', '-check_ss_sig', '-attime', '1800000000', '-CAfile', 'cert.pem', 'cert.pem')).toContain(
      'OK',
    );
  });

  it('reads every element back as it was written', () => {
    const listed = openssl('asn1parse', '-in', 'cert.pem');
    expect(listed).toMatch(/UTF8STRING +:sealed-secrets production/);
    expect(listed).toMatch(/UTCTIME +:261123083015Z/);
    expect(listed).toMatch(/OBJECT +:sha256WithRSAEncryption/);
    expect(listed).not.toContain('Error');
  });
});
