import { createPrivateKey, X509Certificate } from 'node:crypto';
import { bytesOf, type SecretValue, type SecretValues } from './secret-value.ts';

/** Why `tls.crt` and `tls.key` are no pair; the libraries' own messages are not repeated, they may quote what they read. */
export function pairFault(values: SecretValues): string | undefined {
  const [certificate, key] = [values.get('tls.crt'), values.get('tls.key')];
  if (certificate === undefined || key === undefined) return undefined;
  const parsed = attempt(() => new X509Certificate(pemOf(certificate)));
  if (parsed === undefined) return 'tls.crt is no certificate in PEM form (-----BEGIN CERTIFICATE-----)';
  if (/ENCRYPTED/.test(pemOf(key)))
    return 'tls.key is protected by a passphrase, which nobody could enter in a cluster';
  const privateKey = attempt(() => createPrivateKey(pemOf(key)));
  if (privateKey === undefined) return 'tls.key is no private key in PEM form (-----BEGIN PRIVATE KEY-----)';
  return parsed.checkPrivateKey(privateKey) ? undefined : 'tls.crt and tls.key do not belong together';
}

function pemOf(value: SecretValue): string {
  return bytesOf(value).toString('utf8');
}

function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
