import { contentHash } from './content-hash.ts';

/**
 * - `same`: nothing to write.
 * - `follow`: nobody touched it since we wrote it, so it follows the model.
 * - `keep`: edited by hand, and the model wants what it wanted before.
 * - `conflict`: both changed, or we never wrote it and know no base.
 */
export type Verdict = 'same' | 'follow' | 'keep' | 'conflict';

/**
 * Compares what is there with what is wanted, by what was generated last. Texts are plain (LF, no byte order mark).
 * @param present undefined when what is there is no text
 * @param base SHA-256 of the text generated last; undefined when we have no record of it
 */
export function threeWay(present: string | undefined, base: string | undefined, wanted: string): Verdict {
  if (present === wanted) return 'same';
  if (base === undefined) return 'conflict';
  if (present !== undefined && contentHash(present) === base) return 'follow';
  return contentHash(wanted) === base ? 'keep' : 'conflict';
}
