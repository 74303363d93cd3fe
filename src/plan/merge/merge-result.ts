import type { YamlAddress } from '../../yaml/yaml-path.ts';

/** Whose value is taken where both sides changed the same thing. */
export type Side = 'ours' | 'theirs';

/** Both sides changed the same thing, differently. Values are JavaScript, or lines of text; undefined is absent. */
export interface MergeConflict {
  /** `Deployment web`, in a file of several documents. */
  document?: string;
  /** Where in the document; empty for all of it, and in text. */
  at: YamlAddress;
  base: unknown;
  ours: unknown;
  theirs: unknown;
  /** The values are text of the file, not YAML's values. */
  isText?: true;
}

export interface MergeResult {
  /** With conflicts: merged everywhere else, ours where they are. */
  text: string;
  conflicts: readonly MergeConflict[];
  /** Changed by both as well, where the value belongs to the user: ours stays. */
  yielded?: readonly MergeConflict[];
}
