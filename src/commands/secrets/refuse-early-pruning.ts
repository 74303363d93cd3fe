import { ExpectedError } from '../../errors.ts';
import { askGit, type GitCall } from '../../git/run-git.ts';
import type { AppliedCommit } from '../../kube/applied-commits.ts';
import { modelPath } from '../target-folder.ts';

/**
 * Refuses to take keys from a cluster whose Flux is at a commit from before the others: what it applies next, when
 * something drifts or it starts anew, would be encrypted for the keys that are gone.
 *
 * @param left public halves that the cluster keeps
 * @returns commits that git does not know here, about which nothing can be said
 * @throws ExpectedError `pruned-too-early` (exit 3)
 */
export async function refuseEarlyPruning(
  applied: readonly AppliedCommit[],
  left: readonly string[],
  about: { cluster: string; again: string; call: GitCall },
): Promise<string[]> {
  const unknown: string[] = [];
  for (const { commit, kustomizations } of applied) {
    const { exitCode, stdout } = await askGit(['show', `${commit}:./${modelPath}`], about.call);
    if (exitCode !== 0) unknown.push(commit.slice(0, 10));
    else if (!left.every((recipient) => stdout.includes(recipient))) throw tooEarly(commit, kustomizations, about);
  }
  return unknown;
}

function tooEarly(
  commit: string,
  kustomizations: readonly string[],
  { cluster, again }: { cluster: string; again: string },
): ExpectedError {
  return new ExpectedError({
    code: 'pruned-too-early',
    exitCode: 3,
    message: `${cluster} still follows a commit whose files need the old key`,
    why: [`${commit.slice(0, 10)} is what ${kustomizations.join(', ')} applied last; it does not have the new key.`],
    hint: `Push, wait until it is reconciled, then run the same command again; or, if you know better: ${again}`,
  });
}
