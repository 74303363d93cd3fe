import { hidden, type ScanRule } from '../scan-rule.ts';

/** Comments are encrypted with what is around them, but by SOPS only when it writes the file. */
export const plainComment: ScanRule = {
  id: 'secrets/plain-comment',
  severity: 'warning',
  why: 'People write old values and hints into comments, and SOPS encrypts comments beside encrypted values for that.',
  *find(file) {
    if (file.sealed === undefined || !('inspection' in file.sealed)) return;
    for (const { line, column, state } of file.sealed.inspection.comments)
      if (state === 'exposed')
        yield {
          place: { line, column },
          message: 'a comment between encrypted values is plain text',
          fix: ['Move it above the encrypted part when everybody may read it, or remove it.'],
          shown: `# ${hidden}`,
        };
  },
};
