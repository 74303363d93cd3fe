import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { DeclaredSecret } from '../../../src/model/declared-secrets.ts';
import { selfSigned } from '../../../src/secrets/sealed-secrets/self-signed.ts';

/** A key pair that is made quickly, with its certificate: tests need no 4096 bits. */
export function smallKey(validity: { notBefore: string; notAfter: string }) {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = selfSigned(keys, {
    commonName: 'test',
    notBefore: new Date(validity.notBefore),
    notAfter: new Date(validity.notAfter),
    serial: randomBytes(16),
  });
  return { certificate, privateKey: keys.privateKey };
}

/** The Secret `db` of app `web` in production. */
export const declaredDb: DeclaredSecret = {
  name: 'db',
  owner: { kind: 'app', name: 'web' },
  environment: 'production',
  cluster: undefined,
  namespace: 'web',
  type: 'Opaque',
  keys: ['password', 'username'],
  path: 'apps/overlays/production/web/db.sealed-secret.yaml',
  unit: 'app-web',
};
