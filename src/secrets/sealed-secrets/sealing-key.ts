import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { yamlBlock } from '../../yaml/yaml-block.ts';
import { Secret } from '../secret.ts';
import { selfSigned } from './self-signed.ts';

/** As the controller makes its own: https://github.com/bitnami-labs/sealed-secrets#secret-rotation */
const keyBits = 4096;
const validYears = 10;

/** A key pair for the controllers of one environment. */
export interface SealingKey {
  /** The public half, PEM: for the repository. */
  certificate: string;
  /** The private half as a manifest that `kubectl apply` takes: for a file of mode 0600, outside of the repository. */
  manifest: Secret;
}

/**
 * A new key pair, so that secrets can be sealed before there is a cluster. A controller takes every key whose Secret has the
 * label, whatever its name; those of one environment share one key, since they read the same files.
 *
 * @param about the environment, and the namespace the controller looks in
 */
export async function generateSealingKey(about: {
  environment: string;
  namespace: string;
  now: Date;
}): Promise<SealingKey> {
  const { environment, namespace, now } = about;
  const keys = await promisify(generateKeyPair)('rsa', { modulusLength: keyBits });
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + validYears);
  const commonName = `sealed-secrets ${environment}`;
  const certificate = selfSigned(keys, { commonName, notBefore: now, notAfter, serial: randomBytes(16) });
  const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' });
  const data = { 'tls.crt': base64(certificate), 'tls.key': base64(String(privateKey)) };
  const labels = { 'sealedsecrets.bitnami.com/sealed-secrets-key': 'active' };
  const metadata = { name: `sealed-secrets-key-${environment}`, namespace, labels };
  const manifest = { apiVersion: 'v1', kind: 'Secret', metadata, type: 'kubernetes.io/tls', data };
  const comment = `# Private key of the Sealed Secrets controllers of ${environment}: it opens what was sealed for them. Give it to nobody.\n`;
  return { certificate, manifest: new Secret(comment + yamlBlock(manifest)) };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
