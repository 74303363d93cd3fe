import { pathText } from '../../format/format-error.ts';
import { restoreAdvice } from '../create-advice.ts';
import { hidden, type ScanRule } from '../scan-rule.ts';

/** `ENC[…` that is not whole, and what of the `sops` block nothing can be opened with any more. */
export const damagedValue: ScanRule = {
  id: 'secrets/damaged-value',
  severity: 'error',
  why: 'What is not whole cannot be decrypted, and Flux stops at the first such value.',
  *find(file, { write }) {
    if (file.sealed === undefined || !('inspection' in file.sealed)) return;
    const fix = restoreAdvice(file.path, undefined, write);
    const { values, damaged } = file.sealed.inspection;
    for (const { line, column, path, state } of values)
      if (state === 'damaged')
        yield {
          place: { line, column },
          message: `the encrypted text of ${pathText(path)} is damaged`,
          fix,
          shown: `${pathText(path.slice(-1))}: ENC[${hidden}`,
        };
    for (const { line, column, what } of damaged)
      yield { place: { line, column }, message: `${what} in its sops block is damaged`, fix };
  },
};
