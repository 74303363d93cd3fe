import type { Draft } from '../model/model.ts';
import type { SecretValue } from '../secrets/values/secret-value.ts';

/** What somebody has said so far. Nothing in it is defaulted: `undefined` means nobody said. */
export interface Answers {
  /** The repository's folder, as the person wrote it. */
  directory?: string;
  /** All that becomes the model. */
  draft: Draft;
  /** Where private keys go, as the person wrote it. */
  keysDirectory?: string;
  /** `NAME[.KEY]=VARIABLE`: which variables of the environment hold credentials of notifications. */
  secretVariables?: readonly string[];
  /** Credentials that were typed, by notification and key: the same person is asked once. In memory only. */
  credentials?: Map<string, SecretValue>;
  /** Make a git repository and commit. */
  git?: boolean;
}

/** `part` on top of `base`: sections are merged key by key, maps keyed by name are one answer and replaced whole. */
export function mergeDraft(base: Draft, part: Draft): Draft {
  const merged: Draft = { ...base, ...part };
  if (base.repository && part.repository) merged.repository = { ...base.repository, ...part.repository };
  if (base.secrets && part.secrets) merged.secrets = { ...base.secrets, ...part.secrets };
  return merged;
}
