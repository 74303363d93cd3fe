import { ExpectedError } from '../../errors.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import { canWrapFor, shownRecipient } from '../format/data-key.ts';
import { encryptFile } from '../format/encrypt-file.ts';
import { pathText } from '../format/format-error.ts';
import { inspectFile } from '../format/inspect-file.ts';
import type { Secret } from '../secret.ts';
import { ruleFor } from '../sops-config/rule-for.ts';
import type { CreationRule, SopsConfig } from '../sops-config/sops-config.ts';

/** An encrypted file, and what a person should know about it. */
export interface SealedManifest {
  path: RepoPath;
  /** Ciphertext. */
  text: string;
  notes: string[];
}

/**
 * Encrypts a new manifest for everybody whom the first fitting rule of `.sops.yaml` names. Only public keys are needed.
 *
 * @throws ExpectedError `sops-no-rule`, `sops-foreign-keys`, `sops-recipient`, `sops-not-covered`, and those of `encryptFile`
 */
export async function sealManifest(
  path: RepoPath,
  manifest: Secret,
  { config, now }: { config: SopsConfig; now: Date },
): Promise<SealedManifest> {
  const rule = ruleFor(config, path);
  refuseRule(path, rule, config.file);
  const recipients = [...new Set(rule.recipients.map(({ recipient }) => recipient))];
  const { encryption, macOnlyEncrypted } = rule;
  const how = { recipients, rule: encryption, macOnlyEncrypted, now, indent: config.indent };
  const text = await encryptFile({ file: path, text: manifest.reveal() }, how);
  await refuseUncovered({ file: path, text }, rule, config.file);
  const only = recipients.length === 1 ? recipients[0] : undefined;
  const notes =
    only === undefined
      ? []
      : [`Only one key opens ${path} (${shownRecipient(only)}): if it is lost, so are the values. Add a recovery key.`];
  return { path, text, notes };
}

function refuseRule(path: RepoPath, { line, foreign, keyGroups, recipients }: CreationRule, file: string): void {
  const refuse = (code: string, reason: string, hint: string) =>
    new ExpectedError({ code, exitCode: 1, message: `cannot encrypt ${path}: ${reason}`, hint });
  const place = `the rule at ${file}:${line}`;
  if (keyGroups > 1)
    throw refuse('sops-foreign-keys', `${place} splits the key over groups`, 'Encrypt it with sops, or use one group.');
  const other = recipients.find(({ recipient }) => !canWrapFor(recipient));
  const kinds = [...foreign, ...(other === undefined ? [] : [shownRecipient(other.recipient)])];
  if (kinds.length > 0)
    throw refuse(
      'sops-foreign-keys',
      `${place} also wants ${kinds.join(', ')}, which only sops can encrypt for`,
      'Encrypt it with sops, or give the folder a rule with age keys alone.',
    );
  if (recipients.length === 0) throw refuse('sops-no-recipient', `${place} names no key`, 'Add age keys to the rule.');
}

/** A rule of the person's own may leave some values of a Secret in plain text. */
async function refuseUncovered(
  source: { file: string; text: string },
  { line }: CreationRule,
  file: string,
): Promise<void> {
  const { values } = await inspectFile(source);
  const plain = values.filter(
    ({ path: [field], state }) => (field === 'data' || field === 'stringData') && state === 'plain',
  );
  if (plain.length === 0) return;
  throw new ExpectedError({
    code: 'sops-not-covered',
    exitCode: 1,
    message: `cannot encrypt ${source.file}: the rule at ${file}:${line} would leave values in plain text`,
    why: plain.map(({ path }) => `${pathText(path)} is not covered by it.`),
    hint: 'Give the rule: encrypted_regex: ^(data|stringData)$',
  });
}
