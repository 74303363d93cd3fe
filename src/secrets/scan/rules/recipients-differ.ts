import { shownRecipient } from '../../format/data-key.ts';
import { ruleOf } from '../rule-of.ts';
import type { ScanRule } from '../scan-rule.ts';
import { readersBeyond } from './other-environment.ts';

/** Who can open the file, and who should by `.sops.yaml`. */
export const recipientsDiffer: ScanRule = {
  id: 'secrets/recipients-differ',
  severity: 'error',
  why: 'Who is in the rule but not in the file cannot decrypt it, and who was taken out of the rule still can.',
  *find(file, scan) {
    const found = ruleOf(file, scan);
    if (found === undefined) return;
    const { inspection, rule, config } = found;
    const known = new Set(readersBeyond(found).map(({ recipient }) => recipient));
    const wanted = new Map(rule.recipients.map(({ recipient, comment }) => [recipient, comment]));
    const missing = [...wanted].filter(([recipient]) => !inspection.recipients.includes(recipient));
    const extra = inspection.recipients.filter((recipient) => !wanted.has(recipient) && !known.has(recipient));
    if (missing.length + extra.length === 0) return;
    const names = missing.map(([recipient, comment]) => comment ?? shownRecipient(recipient));
    const parts = [
      ...(missing.length === 0 ? [] : [`cannot be read by ${names.join(', ')}`]),
      ...(extra.length === 0 ? [] : [`can be read by ${extra.map(shownRecipient).join(', ')}`]),
    ];
    yield {
      place: { line: 1, column: 1 },
      message: `${parts.join(' and ')}, unlike ${config.file}:${rule.line} says`,
      fix: [scan.write.tool('secrets', 'recipients', 'update')],
    };
  },
};
