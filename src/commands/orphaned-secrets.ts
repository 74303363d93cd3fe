import { declaredSecrets } from '../model/declared-secrets.ts';
import type { Model } from '../model/model.ts';
import type { Locks } from '../plan/lock-file.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { appliedIfKnown } from './last-applied.ts';

/**
 * Encrypted files that a branch declared and the merge does not: the other one removed what they belong to, or its side was
 * taken. What was declared nowhere before the merge is none of its business.
 *
 * @param branches both
 * @param wanted the merged model
 */
export function orphanedSecrets(branches: readonly { locks: Locks }[], wanted: Model): Set<RepoPath> {
  const kept = new Set(declaredSecrets(wanted).map(({ path }) => path));
  const declared = branches.flatMap((branch) => {
    const applied = appliedIfKnown(branch);
    return applied === undefined ? [] : declaredSecrets(applied).map(({ path }) => path);
  });
  return new Set(declared.filter((path) => !kept.has(path)));
}
