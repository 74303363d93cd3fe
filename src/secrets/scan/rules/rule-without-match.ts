import type { ScanRule } from '../scan-rule.ts';

/** An encrypted file in which nothing is encrypted. */
export const ruleWithoutMatch: ScanRule = {
  id: 'secrets/rule-without-match',
  severity: 'error',
  why: 'SOPS encrypts only what the rule names; where that is nothing, the file has a sops block and is plain text.',
  *find(file) {
    if (file.sealed === undefined || !('inspection' in file.sealed) || file.sealed.coversAny) return;
    const { rule } = file.sealed.inspection;
    yield {
      place: { line: 1, column: 1 },
      message: `nothing in it is encrypted: its ${rule.kind} ${rule.pattern} is for none of its keys`,
      fix: ['Put the values below stringData: (text) or data: (base64), or correct the rule in .sops.yaml.'],
    };
  },
};
