import { ExpectedError } from '../../errors.ts';
import { certificateFor, fetchCertificate } from '../sealed-secrets/certificate-path.ts';
import { sealedSecret } from '../sealed-secrets/sealed-secret.ts';
import { readSealingCertificate } from '../sealed-secrets/sealing-certificate.ts';
import type { StrategyRow } from './secret-strategy.ts';

/** Encrypted in git for a controller in the cluster, which alone can open it. */
export const sealedSecrets: StrategyRow = {
  id: 'sealed-secrets',
  async seal({ declared, values }, { model, read, now }) {
    const file = certificateFor(model, declared);
    const pem = read(file);
    if (pem === undefined)
      throw new ExpectedError({
        code: 'sealing-certificate',
        exitCode: 1,
        message: `cannot seal ${declared.path}: there is no certificate ${file}`,
        why: ["Secrets are sealed for the public certificate of the environment's controllers."],
        hint: fetchCertificate(file),
      });
    const { publicKey, warnings } = readSealingCertificate(pem, { file, now });
    return { path: declared.path, text: sealedSecret(declared, values, publicKey), notes: [], warnings };
  },
  checklist: () => [],
};
