import { type KeyObject, X509Certificate } from 'node:crypto';
import { ExpectedError } from '../../errors.ts';
import type { Problem } from '../../problem.ts';
import { fetchCertificate } from './certificate-path.ts';

/** A certificate that secrets can be sealed for. */
export interface SealingCertificate {
  publicKey: KeyObject;
  /** It ends soon. */
  warnings: Problem[];
}

const warningDays = 60;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Reads the controllers' public certificate. Of several the first counts, as for kubeseal.
 *
 * @param file where it lies in the repository, for errors
 * @throws ExpectedError `sealing-certificate` for a private key, something else than a certificate, another key than RSA, and
 * a certificate that has ended, which kubeseal refuses too
 */
export function readSealingCertificate(pem: string, { file, now }: { file: string; now: Date }): SealingCertificate {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem))
    throw refusal(file, 'a private key is in it', [
      'It must not be in the repository: take it out, also of the history, and make the cluster a new key.',
    ]);
  const certificate = parsed(pem, file);
  const { publicKey } = certificate;
  if (publicKey.asymmetricKeyType !== 'rsa')
    throw refusal(file, `its key is of the kind ${publicKey.asymmetricKeyType}; Sealed Secrets needs RSA`);
  const ends = new Date(certificate.validTo);
  if (now > ends) throw refusal(file, `it ended on ${dayOf(ends)}`);
  const days = Math.floor((ends.getTime() - now.getTime()) / dayMs);
  const warning: Problem = {
    rule: 'secrets/certificate-ends',
    severity: 'warning',
    message: `the certificate ends on ${dayOf(ends)}: nothing can be sealed for it then`,
    file,
    hint: `Fetch the current one: ${fetchCertificate(file)}`,
  };
  return { publicKey, warnings: days < warningDays ? [warning] : [] };
}

/** node:crypto stops at the first certificate, and its own errors name no file. */
function parsed(pem: string, file: string): X509Certificate {
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw refusal(file, 'no certificate in PEM form is in it');
  try {
    return new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE-----')));
  } catch {
    throw refusal(file, 'its certificate is damaged');
  }
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

function refusal(file: string, reason: string, why: readonly string[] = []): ExpectedError {
  return new ExpectedError({
    code: 'sealing-certificate',
    exitCode: 1,
    message: `cannot seal for ${file}: ${reason}`,
    why,
    hint: `Fetch the current one: ${fetchCertificate(file)}`,
  });
}
