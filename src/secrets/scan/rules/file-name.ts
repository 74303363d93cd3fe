import { posix } from 'node:path';
import { firstRule } from '../rule-of.ts';
import type { ScanRule } from '../scan-rule.ts';
import { isSopsFile } from '../sops-file.ts';

/** Encrypted Secrets have a name that rules, ignore files and people go by. */
export const fileName: ScanRule = {
  id: 'secrets/file-name',
  severity: 'error',
  why: 'Rules of .sops.yaml, hooks and reviewers know encrypted files by their name; another one slips through.',
  *find(file, { configFor, write }) {
    if (file.sealed === undefined || isSopsFile(file.path) || !/^kind:[ \t]*["']?Secret\b/m.test(file.text)) return;
    const placed = configFor(file.path);
    const rule =
      placed === undefined || placed === 'faulty' ? undefined : firstRule(placed.config, placed.folder, file.path);
    // Whose rules name the file otherwise goes by another convention.
    if (placed === 'faulty' || rule?.pathRegex !== undefined) return;
    const { dir, name } = posix.parse(file.path);
    const better = posix.join(dir, `${name.replace(/\.(?:enc|encrypted|secrets?)$/, '')}.sops.yaml`);
    yield {
      place: { line: 1, column: 1 },
      message: 'is an encrypted Secret, but its name does not end in .sops.yaml',
      fix: [write.shell('git', 'mv', '--', file.path, better), 'Name it so in its kustomization.yaml too.'],
    };
  },
};
