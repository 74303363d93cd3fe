import type { Tree } from '../tree/tree.ts';
import { type Based, storedBase } from './base-store.ts';
import { contentHash } from './content-hash.ts';

/** Where the text generated last may be found when neither the disk nor the base store has it. */
export interface BaseSources {
  /** Generates it again, from the model as last applied. Nothing is trusted: a text with another hash counts as none. */
  regenerate?: (of: Based) => string | undefined;
  /** Texts out of git's history, by their SHA-256: what was found for `missing` of an earlier comparison. */
  blobs?: ReadonlyMap<string, string>;
}

/** A text that was generated once, with this hash, and is to be found. */
export interface MissingBase extends Based {
  sha256: string;
  /** The text in question out of a version of the file; undefined when it is not in there. */
  textIn: (file: string) => string | undefined;
}

/** Finds pristine bases, and collects those that it does not find. */
export interface BaseLookup {
  find(wanted: MissingBase): string | undefined;
  missing: MissingBase[];
}

/** The disk itself comes first; that is looked at before anything has to be merged. */
export function baseLookup(tree: Tree, { regenerate, blobs }: BaseSources): BaseLookup {
  const missing: MissingBase[] = [];
  const find = (wanted: MissingBase) => {
    const isIt = (text: string | undefined): text is string =>
      text !== undefined && contentHash(text) === wanted.sha256;
    const stored = storedBase(tree, wanted);
    if (isIt(stored)) return stored;
    const again = regenerate?.(wanted);
    if (isIt(again)) return again;
    const blob = blobs?.get(wanted.sha256);
    if (isIt(blob)) return blob;
    missing.push(wanted);
    return undefined;
  };
  return { find, missing };
}
