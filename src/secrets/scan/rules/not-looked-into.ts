import type { ScanRule } from '../scan-rule.ts';

/** What sops can do and we cannot. A Secret in it that is plain is found all the same. */
export const notLookedInto: ScanRule = {
  id: 'secrets/not-looked-into',
  severity: 'warning',
  why: 'A file with parts of SOPS that we do not know is not checked value by value.',
  *find(file) {
    if (file.sealed === undefined || !('fault' in file.sealed) || file.sealed.fault.code !== 'sops-unsupported') return;
    const { place, what } = file.sealed.fault;
    yield { place, message: what, fix: ['Look at it yourself: sops decrypt tells whether it is whole.'] };
  },
};
