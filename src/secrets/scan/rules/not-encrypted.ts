import { createCommand } from '../create-advice.ts';
import { looksEncrypted } from '../look-into-sealed.ts';
import type { ScanRule } from '../scan-rule.ts';
import { isSopsFile } from '../sops-file.ts';
import { plainSecret } from './plain-secret.ts';

/** A name that promises what the file does not keep. */
export const notEncrypted: ScanRule = {
  id: 'secrets/not-encrypted',
  severity: 'error',
  why: 'A file named *.sops.yaml is taken for encrypted by people and by tools.',
  *find(file, scan) {
    if (!isSopsFile(file.path) || looksEncrypted(file.text)) return;
    if ([...plainSecret.find(file, scan)].length > 0) return;
    yield {
      place: { line: 1, column: 1 },
      message: 'is named as an encrypted file and is not encrypted',
      fix: ['Give it another name, or make it anew:', createCommand(file.path, {}, scan.write)],
    };
  },
};
