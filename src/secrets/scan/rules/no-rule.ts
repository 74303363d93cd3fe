import { firstRule } from '../rule-of.ts';
import type { ScanRule } from '../scan-rule.ts';
import { isSopsFile } from '../sops-file.ts';

/** A file for whose folder nobody said who may read it. */
export const noRule: ScanRule = {
  id: 'secrets/no-rule',
  severity: 'error',
  why: 'Without a rule nobody knows who should read the file: it cannot be made anew, re-keyed or verified.',
  *find(file, { configFor, write }) {
    const placed = configFor(file.path);
    if (placed === undefined || placed === 'faulty' || !isSopsFile(file.path)) return;
    if (firstRule(placed.config, placed.folder, file.path) !== undefined) return;
    yield {
      place: { line: 1, column: 1 },
      message: `no rule in ${placed.config.file} is for this file`,
      fix: [
        'Add a rule for its folder, or move it where one is:',
        write.shell('git', 'mv', '--', file.path, 'FOLDER/'),
      ],
    };
  },
};
