import { replaceAdvice } from '../create-advice.ts';
import { sopsKey } from '../look-into-sealed.ts';
import type { ScanRule } from '../scan-rule.ts';

/** SOPS takes no notice of an expression that Go cannot compile. */
export const ruleNotGo: ScanRule = {
  id: 'secrets/rule-not-go',
  severity: 'error',
  why: 'With an expression that Go does not understand SOPS encrypts nothing, says nothing, and the MAC still fits.',
  *find(file, { write }) {
    if (file.sealed === undefined || !('fault' in file.sealed) || file.sealed.fault.code !== 'sops-rule') return;
    const at = file.text.search(sopsKey);
    yield {
      place: file.placeOf(Math.max(at, 0)),
      message: 'its sops block says what is encrypted in an expression that Go (RE2) does not understand',
      fix: ['Correct the expression in .sops.yaml, and make the file anew:', ...replaceAdvice(file.path, {}, write)],
    };
  },
};
