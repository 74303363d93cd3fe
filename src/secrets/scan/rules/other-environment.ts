import type { RuleRecipient } from '../../sops-config/sops-config.ts';
import { type RuledFile, ruleOf } from '../rule-of.ts';
import type { ScanRule } from '../scan-rule.ts';

/** A file that somebody can open who belongs to other folders only. */
export const otherEnvironment: ScanRule = {
  id: 'secrets/other-environment',
  severity: 'error',
  why: 'A cluster that can open the files of another environment gives them away when it is lost.',
  *find(file, scan) {
    const found = ruleOf(file, scan);
    if (found === undefined) return;
    for (const { recipient, comment, line } of readersBeyond(found))
      yield {
        place: file.placeOf(Math.max(file.text.indexOf(recipient), 0)),
        message: `can be opened by ${comment ?? 'a key'}, which ${found.config.file}:${line} has for other files, not for this one`,
        fix: [scan.write.tool('secrets', 'recipients', 'update'), 'Change its values too: they were readable there.'],
        shown: `recipient: ${recipient}`,
      };
  },
};

/** Recipients of the file that other rules have and its own has not, each once. */
export function readersBeyond({ inspection, rule, config }: RuledFile): RuleRecipient[] {
  const own = new Set(rule.recipients.map(({ recipient }) => recipient));
  const others = new Map<string, RuleRecipient>();
  for (const each of config.rules.flatMap(({ recipients }) => recipients))
    if (!own.has(each.recipient) && !others.has(each.recipient)) others.set(each.recipient, each);
  return inspection.recipients.flatMap((recipient) => others.get(recipient) ?? []);
}
