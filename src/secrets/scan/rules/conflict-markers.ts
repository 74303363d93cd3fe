import type { ScanRule } from '../scan-rule.ts';

/** A git merge that stopped in an encrypted file. */
export const conflictMarkers: ScanRule = {
  id: 'secrets/conflict-markers',
  severity: 'error',
  why: 'Both sides encrypted the file anew; their lines do not fit together, and no hand can join them.',
  *find(file, { write }) {
    if (file.sealed === undefined || !('fault' in file.sealed)) return;
    const { code, place, what } = file.sealed.fault;
    if (code !== 'sops-conflict-markers') return;
    yield {
      place,
      message: what,
      fix: [
        'Take one side whole, then set the values of the other again:',
        write.shell('git', 'checkout', '--ours', '--', file.path),
        write.tool('secrets', 'set', file.path, 'KEY'),
      ],
    };
  },
};
