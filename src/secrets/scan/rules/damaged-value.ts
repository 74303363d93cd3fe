import { pathText } from '../../format/format-error.ts';
import { restoreAdvice } from '../create-advice.ts';
import { hidden, type ScanRule } from '../scan-rule.ts';

/** `ENC[…` that is not whole. */
export const damagedValue: ScanRule = {
  id: 'secrets/damaged-value',
  severity: 'error',
  why: 'What is not whole cannot be decrypted, and Flux stops at the first such value.',
  *find(file, { write }) {
    if (file.sealed === undefined || !('inspection' in file.sealed)) return;
    for (const { line, column, path, state } of file.sealed.inspection.values)
      if (state === 'damaged')
        yield {
          place: { line, column },
          message: `the encrypted text of ${pathText(path)} is damaged`,
          fix: restoreAdvice(file.path, undefined, write),
          shown: `${pathText(path.slice(-1))}: ENC[${hidden}`,
        };
  },
};
