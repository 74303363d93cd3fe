import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { usageError } from '../../errors.ts';

/**
 * The certificates to trust when a server has one of a company's own: those of the file besides the usual ones.
 *
 * @param path absolute @param shown as the person wrote it
 * @throws ExpectedError `ca-file`
 */
export async function readCaFile(path: string, shown: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refusal(shown, `It cannot be read (${error.code}).`);
  });
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw refusal(shown, 'It holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).');
  for (const [index, block] of blocks.entries())
    try {
      new X509Certificate(block);
    } catch {
      throw refusal(shown, `Certificate ${index + 1} in it cannot be read.`);
    }
  return [...rootCertificates, ...blocks];
}

function refusal(shown: string, why: string): Error {
  return usageError(`--ca-file ${shown} is not usable`, {
    code: 'ca-file',
    why: [why],
    hint: 'Name the file with the certificate of the authority that signed the server’s: ask who runs the server.',
  });
}
