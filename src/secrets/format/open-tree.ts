import type { PlainValue } from '../../yaml/plain-value.ts';
import type { Covers } from './encryption-rule.ts';
import { formatError, pathText } from './format-error.ts';
import type { Leaf } from './leaf.ts';
import { macText } from './mac.ts';
import type { Metadata } from './read-metadata.ts';
import type { SopsYaml } from './read-sops-yaml.ts';
import { additionalDataOf, unseal } from './seal.ts';
import { looksSealed, parseSealed, type Sealed } from './sealed-text.ts';
import { sealedValue } from './sealed-value.ts';

/** A value of an encrypted file, opened. */
export interface OpenValue {
  leaf: Leaf;
  /** Index of its document. */
  document: number;
  value: PlainValue | null;
  /** Whether the rule covers it: with `mac_only_encrypted` only those count for the MAC. */
  isCovered: boolean;
}

/**
 * Opens all values of a file, in its order.
 *
 * @param dataKey 32 bytes
 * @throws ExpectedError `sops-plaintext`, `sops-malformed-value`, `sops-damaged-value`, `sops-moved-value`; each names the
 * place and no value
 */
export function openTree(yaml: SopsYaml, covers: Covers, dataKey: Buffer): OpenValue[] {
  return yaml.documents.flatMap(({ leaves }, document) =>
    leaves.map((leaf) => {
      const isCovered = covers(leaf.path);
      return { leaf, document, isCovered, value: isCovered ? opened(yaml, leaf, dataKey) : leaf.value };
    }),
  );
}

/**
 * Holds the values against the MAC.
 *
 * @throws ExpectedError `sops-mac-unreadable`, `sops-mac-mismatch`
 */
export function verifyMac(yaml: SopsYaml, metadata: Metadata, values: readonly OpenValue[], dataKey: Buffer): void {
  const sealed = parseSealed(metadata.mac);
  const mac = sealed && unseal(sealed, metadata.lastModified, dataKey);
  if (mac === undefined)
    throw formatError(yaml.file, yaml.text, {
      code: 'sops-mac-unreadable',
      what: 'has a sops block that was edited: its mac and lastmodified do not fit together',
      hint: 'Restore the file from git.',
    });
  if (mac !== macOf(values, metadata.macOnlyEncrypted))
    throw formatError(yaml.file, yaml.text, {
      code: 'sops-mac-mismatch',
      what: 'was changed after it was encrypted: its MAC does not fit its values',
      why: [
        metadata.macOnlyEncrypted
          ? 'An encrypted value was added, removed or put in another order.'
          : 'A value, encrypted or not, was added, removed, changed or put in another order.',
      ],
      hint: 'Look at the change with git diff. Restore the file, then make the change with the secrets commands.',
    });
}

/** The MAC's text over opened values. */
export function macOf(values: readonly OpenValue[], macOnlyEncrypted: boolean): string {
  const counted = values.filter(({ isCovered }) => isCovered || !macOnlyEncrypted);
  return macText(
    counted.flatMap(({ value }) => (value === null ? [] : [value.text])),
    macOnlyEncrypted,
  );
}

function opened(yaml: SopsYaml, leaf: Leaf, dataKey: Buffer): PlainValue | null {
  const { value, path } = leaf;
  if (value === null || value.text === '') return value;
  const fail = failing(yaml, leaf);
  if (!looksSealed(value.text))
    throw fail(
      'sops-plaintext',
      `has a value in plain text where the rule wants it encrypted: ${pathText(path)}`,
      'Remove it, set it with the secrets commands, and change the secret if it was ever pushed.',
    );
  const sealed = parseSealed(value.text);
  if (sealed === undefined)
    throw fail('sops-malformed-value', `has a damaged value: ${pathText(path)} is not a whole ENC[…]`);
  if (sealed.type === 'comment')
    throw fail(
      'sops-unsupported',
      `has a comment in place of a value: ${pathText(path)}`,
      'sops 3.13 makes that of a comment in an encrypted list, and cannot open it itself. Take the comment out of the plain file.',
    );
  const text = unseal(sealed, additionalDataOf(path), dataKey);
  if (text === undefined) throw misplaced(yaml, leaf, sealed, dataKey);
  const plain = sealedValue(sealed.type, text);
  if (plain === undefined)
    throw fail('sops-malformed-value', `has a damaged value: ${pathText(path)} is not of the type it claims`);
  return plain;
}

/** The cipher says only that something does not fit; trying the other places tells a swap from an alteration. */
function misplaced(yaml: SopsYaml, leaf: Leaf, sealed: Sealed, dataKey: Buffer) {
  const fail = failing(yaml, leaf);
  const own = additionalDataOf(leaf.path);
  const home = yaml.documents
    .flatMap(({ leaves }) => leaves)
    .find(({ path }) => {
      const other = additionalDataOf(path);
      return other !== own && unseal(sealed, other, dataKey) !== undefined;
    });
  return home === undefined
    ? fail(
        'sops-damaged-value',
        `has an altered value: ${pathText(leaf.path)} was not encrypted like this for this file`,
      )
    : fail(
        'sops-moved-value',
        `has a value in the wrong place: ${pathText(leaf.path)} holds that of ${pathText(home.path)}`,
      );
}

function failing({ file, text }: SopsYaml, { start }: Leaf) {
  return (code: string, what: string, hint = 'Restore the file from git.') =>
    formatError(file, text, { code, what, hint, at: start });
}
