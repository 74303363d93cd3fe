import { randomBytes } from 'node:crypto';
import { usageError } from '../../errors.ts';
import type { YamlSource } from '../../model/yaml-source.ts';
import { dataKeyBytes, wrapDataKey } from './data-key.ts';
import { coverageOf, type EncryptionRule } from './encryption-rule.ts';
import { metadataLines } from './metadata-block.ts';
import { readSopsYaml, type SopsYaml } from './read-sops-yaml.ts';
import { refusePlain } from './refuse-plain.ts';
import type { RandomBytes } from './seal.ts';
import { sealTree } from './seal-tree.ts';
import { type Edit, lineEndOf, splice } from './splice.ts';
import { withMac } from './with-mac.ts';

/** For whom and how a new file is encrypted: what `.sops.yaml` says about it. */
export interface Encryption {
  /** Public keys, at least one. */
  recipients: readonly string[];
  rule: EncryptionRule;
  macOnlyEncrypted: boolean;
  now: Date;
  /** Spaces a level in the `sops` block; 2 without it. */
  indent?: number | undefined;
  /** Instead of the system's, for tests. */
  random?: RandomBytes;
}

/**
 * Encrypts a plain YAML file as SOPS does. Only recipients are needed. Every character outside the values and comments that
 * the rule covers stays; a `sops` block is appended to each document.
 *
 * @returns the encrypted text
 * @throws ExpectedError for what SOPS cannot encrypt (`sops-unsupported` …), a file that is encrypted already, a recipient
 * that is none; nothing in it is a value
 */
export async function encryptFile(source: YamlSource, encryption: Encryption): Promise<string> {
  const { rule, macOnlyEncrypted, now, indent = 2, random = randomBytes } = encryption;
  const recipients = [...new Set(encryption.recipients)];
  if (recipients.length === 0) throw usageError(`cannot encrypt ${source.file}: nobody to encrypt it for`);
  const covers = await coverageOf(rule, source.file);
  const yaml = readSopsYaml(source);
  refusePlain(yaml, covers);
  const dataKey = random(dataKeyBytes);
  try {
    const age = await Promise.all(recipients.map((recipient) => wrapDataKey(dataKey, recipient)));
    const block = metadataLines({ age, rule, macOnlyEncrypted }, indent).join(lineEndOf(source.text));
    const edits = [...sealTree(yaml, { dataKey, covers, random }), ...blockEdits(yaml, block)];
    const sealed = { ...source, text: splice(source.text, edits) };
    return withMac(sealed, { dataKey, covers, macOnlyEncrypted, now, random });
  } finally {
    dataKey.fill(0);
  }
}

/** Appends a block to every document that is not empty: Flux decrypts each by its own. */
export function blockEdits(yaml: SopsYaml, block: string): Edit[] {
  const lineEnd = lineEndOf(yaml.text);
  return yaml.documents
    .filter(({ root }) => root !== undefined)
    .map(({ end }) => {
      const start = yaml.text[end - 1] === '\n' ? '' : lineEnd;
      return { start: end, end, text: `${start}${block}${lineEnd}` };
    });
}
