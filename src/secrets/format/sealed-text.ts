import type { ValueType } from '../../yaml/plain-value.ts';

/** What stands between the brackets of `ENC[…]`. */
export interface Sealed {
  ciphertext: Buffer;
  /** At least 12 bytes; SOPS writes 32. */
  iv: Buffer;
  /** 16 bytes. */
  tag: Buffer;
  type: ValueType | 'comment' | 'bytes';
}

const base64 = '[A-Za-z0-9+/]+={0,2}';
const form = new RegExp(
  `^ENC\\[AES256_GCM,data:(?<data>${base64}),iv:(?<iv>${base64}),tag:(?<tag>${base64}),type:(?<type>str|int|float|bool|time|comment|bytes)\\]$`,
);

/** Whether a text claims to be encrypted by SOPS, well formed or not. */
export function looksSealed(text: string): boolean {
  return text.startsWith('ENC[');
}

/**
 * Reads `ENC[…]`, more strictly than SOPS, which takes anything after the bracket and IVs its next edit fails on: nothing
 * around it, base64 exactly as an encoder writes it, a full tag.
 *
 * @returns undefined when the text is not exactly that
 */
export function parseSealed(text: string): Sealed | undefined {
  const groups = form.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const ciphertext = strictBase64(groups.data);
  const iv = strictBase64(groups.iv);
  const tag = strictBase64(groups.tag);
  if (ciphertext === undefined || iv === undefined || tag === undefined) return undefined;
  if (iv.length < 12 || tag.length !== 16) return undefined;
  return { ciphertext, iv, tag, type: typeOf(groups.type) };
}

/** Writes `ENC[…]`. */
export function formatSealed({ ciphertext, iv, tag, type }: Sealed): string {
  const [data, nonce, mark] = [ciphertext, iv, tag].map((bytes) => bytes.toString('base64'));
  return `ENC[AES256_GCM,data:${data},iv:${nonce},tag:${mark},type:${type}]`;
}

/** Node's decoder skips what it does not know; SOPS' does not. */
function strictBase64(text: string | undefined): Buffer | undefined {
  const bytes = Buffer.from(text ?? '', 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

function typeOf(text: string | undefined): Sealed['type'] {
  switch (text) {
    case 'int':
    case 'float':
    case 'bool':
    case 'time':
    case 'comment':
    case 'bytes':
      return text;
    default:
      return 'str';
  }
}
