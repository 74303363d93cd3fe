import type { PlainValue } from '../../yaml/plain-value.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import type { Covers } from './encryption-rule.ts';
import { formatError, pathText } from './format-error.ts';
import type { Comment, CommentText, Leaf } from './leaf.ts';
import type { SopsYaml } from './read-sops-yaml.ts';
import { additionalDataOf, type RandomBytes, seal } from './seal.ts';
import type { Sealed } from './sealed-text.ts';
import type { Edit } from './splice.ts';

/** How to encrypt: the key of 32 bytes, what to cover, and what an unchanged text was encrypted to before. */
export interface Sealing {
  dataKey: Buffer;
  covers: Covers;
  random?: RandomBytes | undefined;
  /** Ciphertexts of this data key to use again, by `stashKey`. */
  stash?: ReadonlyMap<string, string> | undefined;
}

/**
 * Encrypts every value and comment that the rule covers.
 *
 * @returns the edits that put `ENC[…]` in their places
 * @throws ExpectedError `sops-character` for half a character that an escape left in a text
 */
export function sealTree(yaml: SopsYaml, sealing: Sealing): Edit[] {
  return yaml.documents.flatMap(({ leaves, comments }) => {
    const covered = leaves.filter((leaf) => isSealable(leaf.value) && sealing.covers(leaf.path));
    return [
      ...covered.map((leaf) => sealLeaf(yaml, leaf, sealing)),
      ...commentsOutside(comments, covered).flatMap((comment) => sealComment(comment, sealing)),
    ];
  });
}

/** SOPS never encrypts nulls and empty texts. */
export function isSealable(value: PlainValue | null): value is PlainValue {
  return value !== null && value.text !== '';
}

/** Without those in headers of these leaves, which go with them. */
export function commentsOutside(comments: readonly Comment[], leaves: readonly Leaf[]): Comment[] {
  const headers = new Set(leaves.map(({ headerComment }) => headerComment?.start));
  return comments.filter(({ start }) => !headers.has(start));
}

/** A text, what it is and where: what must be equal for its ciphertext to be used again. */
export function stashKey(type: Sealed['type'], path: YamlPath, text: string): string {
  return `${type} ${additionalDataOf(path)} ${text}`;
}

/** The edit that writes a new scalar where a leaf stands. A comment in a block scalar's header follows it. */
export function leafEdit({ start, end, headerComment }: Leaf, text: string, comment = headerComment?.text): Edit {
  return { start, end, text: comment === undefined ? text : `${text} #${comment}` };
}

/** `ENC[…]` as a scalar: its commas and brackets end a plain one within brackets. */
export function sealedScalar(sealed: string, isInFlow: boolean): string {
  return isInFlow ? `"${sealed}"` : sealed;
}

function sealLeaf({ file, text }: SopsYaml, leaf: Leaf, sealing: Sealing): Edit {
  const { value, path, headerComment } = leaf;
  if (!isSealable(value)) throw new Error('SOPS leaves that in plain text');
  if (/\p{Cs}/u.test(value.text))
    throw formatError(file, text, {
      code: 'sops-character',
      what: `has half a character in ${pathText(path)}`,
      hint: 'Binary values go under data:, in base64.',
      at: leaf.start,
    });
  const sealed = sealText(value.text, value.type, path, sealing);
  const comment = headerComment && sealedComment(headerComment, path.slice(0, -1), sealing);
  return leafEdit(leaf, sealedScalar(sealed, leaf.isInFlow), comment);
}

function sealComment(comment: Comment, sealing: Sealing): Edit[] {
  const text = sealedComment(comment, comment.paths[0], sealing);
  return text === comment.text ? [] : [{ start: comment.start, end: comment.end, text: `#${text}` }];
}

function sealedComment({ text }: CommentText, path: YamlPath, sealing: Sealing): string {
  return text === '' || !sealing.covers(path) ? text : sealText(text, 'comment', path, sealing);
}

function sealText(text: string, type: Sealed['type'], path: YamlPath, { dataKey, random, stash }: Sealing): string {
  return stash?.get(stashKey(type, path, text)) ?? seal(text, type, additionalDataOf(path), dataKey, random);
}
