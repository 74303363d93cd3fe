import { hidden, type ScanRule } from '../scan-rule.ts';
import { moveOutAdvice } from '../take-out-advice.ts';
import { isKeyFile } from './key-file.ts';

/**
 * age's keys are Bech32 in capitals (https://age-encryption.org/v1). A PEM header alone is in every manual: the key itself
 * must follow, in base64, also where the line ends are written as `\n`.
 */
const keys: ReadonlyArray<readonly [what: string, sign: string, pattern: RegExp]> = [
  ['age', 'AGE-SECRET-KEY-', /AGE-SECRET-KEY-(?:PQ-)?1(?=[0-9A-Z]{20})/g],
  [
    'PEM',
    'PRIVATE KEY',
    /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----(?=(?:\s|\\[nr]|["'+,>#]|[A-Za-z-]+: [^\n]*\n){1,40}[A-Za-z0-9+/=]{20})/g,
  ],
];

/** Private keys, wherever they stand. */
export const privateKey: ScanRule = {
  id: 'secrets/private-key',
  severity: 'error',
  why: 'Who has the key has everything that was ever encrypted for it, from the whole git history.',
  *find(file, { write }) {
    if (isKeyFile(file.path)) return;
    for (const [what, sign, pattern] of keys) {
      if (!file.text.includes(sign)) continue;
      for (const { index, 0: begin } of file.text.matchAll(pattern))
        yield {
          place: file.placeOf(index),
          message: `holds a private key (${what})`,
          fix: [
            'Make a new one, this one is known; and move the file out of the repository:',
            ...moveOutAdvice(file.path, write),
          ],
          shown: `${begin}${hidden}`,
        };
    }
  },
};
