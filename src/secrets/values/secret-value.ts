import { isUtf8 } from 'node:buffer';
import { Secret } from '../secret.ts';

/** One value of a Secret object. */
export interface SecretValue {
  /** The text itself; of bytes that are no UTF-8 text, their base64. */
  text: Secret;
  /** Whether it is base64, which belongs under `data` instead of `stringData`. */
  isBinary: boolean;
}

/** The values of one Secret object by key. */
export type SecretValues = ReadonlyMap<string, SecretValue>;

/** A value somebody typed. */
export function textValue(text: string): SecretValue {
  return { text: new Secret(text), isBinary: false };
}

/** A value as a file holds it: every byte counts, a line break at the end too. */
export function valueOfBytes(bytes: Buffer): SecretValue {
  const isBinary = !isUtf8(bytes);
  return { text: new Secret(bytes.toString(isBinary ? 'base64' : 'utf8')), isBinary };
}

/** The bytes that reach the cluster. */
export function bytesOf({ text, isBinary }: SecretValue): Buffer {
  return Buffer.from(text.reveal(), isBinary ? 'base64' : 'utf8');
}
