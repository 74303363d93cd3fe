import type { RepoPath } from '../../../tree/repo-path.ts';
import type { ScanRule } from '../scan-rule.ts';
import { moveOutAdvice } from '../take-out-advice.ts';

/** Files that by their name hold private keys of age. */
export const keyFile: ScanRule = {
  id: 'secrets/key-file',
  severity: 'error',
  why: 'Key files belong into the keys folder or a password manager; from git nothing can be taken back.',
  *find({ path }, { write }) {
    if (!isKeyFile(path)) return;
    yield {
      place: { line: 1, column: 1 },
      message: 'is a file of private keys',
      fix: ['Move it out of the repository:', ...moveOutAdvice(path, write)],
    };
  },
};

export function isKeyFile(path: RepoPath): boolean {
  return path.toLowerCase().endsWith('.agekey');
}
