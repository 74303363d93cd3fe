import type { Draft } from '../model/model.ts';

/** What somebody has said so far. Nothing in it is defaulted: `undefined` means nobody said. */
export interface Answers {
  /** The repository's folder, as the person wrote it. */
  directory?: string;
  /** All that becomes the model. */
  draft: Draft;
  /** Where private keys go, as the person wrote it. */
  keysDirectory?: string;
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
