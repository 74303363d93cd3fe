import { yamlScalar } from '../../yaml/yaml-scalar.ts';
import type { AgeEntry } from './data-key.ts';
import type { EncryptionRule } from './encryption-rule.ts';

/** What a new `sops` block says; time and MAC are put in when the file is complete. */
export interface NewMetadata {
  age: readonly AgeEntry[];
  rule: EncryptionRule;
  macOnlyEncrypted: boolean;
}

/**
 * A `sops` block in the order SOPS 3.10 to 3.12 writes. As `version` it names a SOPS that has what the file uses; readers
 * compare it and fail when it is missing.
 *
 * @param indent spaces a level, as `stores.yaml.indent` of `.sops.yaml`
 * @returns lines without an end; `lastmodified` and `mac` are empty texts
 */
export function metadataLines({ age, rule, macOnlyEncrypted }: NewMetadata, indent: number): string[] {
  const one = ' '.repeat(indent);
  const entry = { dash: 2 * indent, key: 2 * indent + 2, armor: 2 * indent + 2 + indent };
  return [
    'sops:',
    `${one}age:`,
    ...age.flatMap((each) => entryLines(each, entry, ['recipient', 'enc'])),
    `${one}lastmodified: ""`,
    `${one}mac: ""`,
    `${one}${rule.kind}: ${yamlScalar(rule.pattern)}`,
    ...(macOnlyEncrypted ? [`${one}mac_only_encrypted: true`] : []),
    `${one}version: 3.10.2`,
  ];
}

/** Columns of an entry of the `age` list: its dash, its keys, the armored text. */
export interface EntryColumns {
  dash: number;
  key: number;
  armor: number;
}

/** One entry of the `age` list, as lines without an end. */
export function entryLines(
  { recipient, enc }: AgeEntry,
  columns: EntryColumns,
  order: readonly ('recipient' | 'enc')[],
): string[] {
  const armor = enc.trimEnd().split(/\r?\n/);
  const fields = {
    recipient: [`recipient: ${recipient}`],
    enc: ['enc: |', ...armor.map((line) => ' '.repeat(columns.armor - columns.key) + line)],
  };
  const lines = order.flatMap((field) => fields[field]);
  const dash = `${' '.repeat(columns.dash)}-`.padEnd(columns.key);
  return lines.map((line, index) => (index === 0 ? dash : ' '.repeat(columns.key)) + line);
}
