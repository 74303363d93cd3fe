import type { YamlSource } from '../../model/yaml-source.ts';
import type { ValueType } from '../../yaml/plain-value.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import { Secret } from '../secret.ts';
import type { Comment } from './leaf.ts';
import { type OpenFile, withOpenFile } from './open-file.ts';
import { plainScalar } from './plain-scalar.ts';
import { additionalDataOf, unseal } from './seal.ts';
import { commentsOutside, isSealable, leafEdit } from './seal-tree.ts';
import { looksSealed, parseSealed } from './sealed-text.ts';
import { type Edit, splice } from './splice.ts';

/** A value that was encrypted. */
export interface DecryptedValue {
  /** Index of its document, from 0. */
  document: number;
  path: YamlPath;
  type: ValueType;
  value: Secret;
}

/** An encrypted file, decrypted and verified. */
export interface DecryptedFile {
  /** The values the rule covers, in the file's order; nulls are not among them. */
  values: DecryptedValue[];
  /** The whole file in plain text, without its `sops` blocks, for editing. */
  text: Secret;
}

/**
 * Decrypts a file. Its MAC is always verified.
 *
 * @param identities private keys; one of them must fit one of the recipients
 * @throws ExpectedError naming file, place and reason, never a value: `sops-no-identity`, `sops-wrong-identity`,
 * `sops-damaged-value`, `sops-moved-value`, `sops-plaintext`, `sops-mac-mismatch` and others
 */
export function decryptFile(source: YamlSource, identities: readonly Secret[]): Promise<DecryptedFile> {
  return withOpenFile(source, identities, (file) => ({
    values: file.values.flatMap(({ leaf, document, isCovered, value }) =>
      isCovered && value !== null
        ? [{ document, path: leaf.path, type: value.type, value: new Secret(value.text) }]
        : [],
    ),
    text: new Secret(plainText(file)),
  }));
}

/**
 * Verifies a file: every document, every value, the MAC.
 *
 * @throws ExpectedError as `decryptFile`
 */
export function verifyFile(source: YamlSource, identities: readonly Secret[]): Promise<void> {
  return withOpenFile(source, identities, () => undefined);
}

/** What a sealed comment says, tried at all places it may have been bound to. SOPS keeps what it cannot open, and so do we. */
export function openComment({ text, paths }: Comment, dataKey: Buffer): { text: string; path: YamlPath } | undefined {
  const sealed = looksSealed(text) ? parseSealed(text) : undefined;
  if (sealed?.type !== 'comment') return undefined;
  for (const path of paths) {
    const opened = unseal(sealed, additionalDataOf(path), dataKey);
    if (opened !== undefined && !/[\r\n]/.test(opened)) return { text: opened, path };
  }
  return undefined;
}

/** The text with every covered value and comment decrypted in its place. */
export function plainText({ yaml, values, dataKey }: OpenFile): string {
  const sealed = values.filter(({ isCovered, value }) => isCovered && isSealable(value));
  const scalars = sealed.flatMap(({ leaf, value }) =>
    value === null ? [] : [leafEdit(leaf, plainScalar(value, leaf, yaml.text))],
  );
  const leaves = sealed.map(({ leaf }) => leaf);
  const comments = yaml.documents
    .flatMap((document) => commentsOutside(document.comments, leaves))
    .flatMap((comment) => {
      const opened = openComment(comment, dataKey);
      return opened === undefined ? [] : [{ start: comment.start, end: comment.end, text: `#${opened.text}` }];
    });
  const blocks: Edit[] = yaml.documents.flatMap(({ blockExtent }) =>
    blockExtent === undefined ? [] : [{ ...blockExtent, text: '' }],
  );
  return splice(yaml.text, [...scalars, ...comments, ...blocks]);
}
