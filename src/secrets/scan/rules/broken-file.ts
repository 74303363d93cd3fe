import { restoreAdvice } from '../create-advice.ts';
import type { ScanRule } from '../scan-rule.ts';

/** Those have rules of their own, or are no fault. */
const told = ['sops-conflict-markers', 'sops-rule', 'sops-unsupported'];

/** Encrypted files that nobody can decrypt any more. */
export const brokenFile: ScanRule = {
  id: 'secrets/broken-file',
  severity: 'error',
  why: 'A file that cannot be read as SOPS wrote it cannot be decrypted by Flux either.',
  *find(file, { write }) {
    if (file.sealed === undefined || !('fault' in file.sealed) || told.includes(file.sealed.fault.code)) return;
    const { place, what } = file.sealed.fault;
    yield { place, message: what, fix: restoreAdvice(file.path, undefined, write) };
  },
};
