import { createHash } from 'node:crypto';

/** SHA-256 in lower-case hex; text is hashed as UTF-8. */
export function contentHash(contents: string | Uint8Array): string {
  return createHash('sha256').update(contents).digest('hex');
}
