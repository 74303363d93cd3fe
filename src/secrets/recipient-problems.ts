import type { Problem } from '../problem.ts';
import { shownRecipient } from './format/data-key.ts';
import type { Inspection } from './format/inspect-file.ts';
import type { CreationRule, SopsConfig } from './sops-config/sops-config.ts';

/** What a file's readers are held against. */
interface Expectation {
  config: SopsConfig | undefined;
  /** Recipient -> whose it is. */
  names: ReadonlyMap<string, string>;
}

/** Whether those who can read a file are those whom the rule of `.sops.yaml` names, and it encrypts what the rule says. */
export function recipientProblems(inspection: Inspection, { config, names }: Expectation): Problem[] {
  const { file } = inspection;
  if (config === undefined) return [];
  const rule = config.rules.find(({ isFor }) => isFor(file));
  if (rule === undefined) {
    const message = `no rule of ${config.file} is for it, so nothing says who should read it`;
    return [{ rule: 'secrets/no-rule', severity: 'error', message, file }];
  }
  return [
    ...readerProblems(inspection, rule, names),
    ...foreignProblems(inspection, rule),
    ...coverProblems(inspection, rule),
  ];
}

function readerProblems({ file, recipients }: Inspection, rule: CreationRule, names: Expectation['names']): Problem[] {
  const wanted = rule.recipients.map(({ recipient }) => recipient);
  const missing = wanted.filter((recipient) => !recipients.includes(recipient));
  const extra = recipients.filter((recipient) => !wanted.includes(recipient));
  const shown = (keys: readonly string[]) =>
    [...new Set(keys.map((key) => names.get(key) ?? shownRecipient(key)))].join(', ');
  const problem = (name: string, message: string): Problem => ({
    rule: `secrets/${name}`,
    severity: 'error',
    message,
    file,
  });
  return [
    ...(missing.length === 0
      ? []
      : [problem('missing-recipient', `${shown(missing)} cannot read it, though the rule of .sops.yaml says so`)]),
    ...(extra.length === 0
      ? []
      : [problem('extra-recipient', `${shown(extra)} can read it, which the rule of .sops.yaml does not say`)]),
  ];
}

function foreignProblems({ file, foreignRecipients }: Inspection, rule: CreationRule): Problem[] {
  const isSame = (foreignRecipients.length === 0) === (rule.foreign.length === 0);
  if (isSame) return [];
  const kinds = [...foreignRecipients, ...rule.foreign].join(', ');
  const which =
    rule.foreign.length === 0 ? 'the file has, and its rule does not' : 'its rule has, and the file does not';
  const message = `other keys than age's: ${kinds}, which ${which}; only sops can change that`;
  return [{ rule: 'secrets/foreign-recipient', severity: 'error', message, file }];
}

function coverProblems({ file, rule: own }: Inspection, { encryption }: CreationRule): Problem[] {
  if (own.kind === encryption.kind && own.pattern === encryption.pattern) return [];
  const message = `it encrypts by ${own.kind} ${own.pattern}, but its rule in .sops.yaml by ${encryption.kind} ${encryption.pattern}`;
  return [{ rule: 'secrets/other-rule', severity: 'warning', message, file }];
}
