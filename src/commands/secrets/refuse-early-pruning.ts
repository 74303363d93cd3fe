import { ExpectedError } from '../../errors.ts';
import { askGit, type GitCall } from '../../git/run-git.ts';
import type { AppliedCommit } from '../../kube/applied-commits.ts';
import { readModel } from '../../model/read-model.ts';
import { rotationsOf, wantedOf } from '../../secrets/rotation/wanted-keys.ts';
import { modelPath } from '../target-folder.ts';

/**
 * Refuses to take keys from a cluster whose Flux is at a commit that has them for it still: files there may be encrypted for
 * them alone, and it applies them again when something drifts or it starts anew.
 *
 * @param gone public halves that the cluster is to lose
 * @returns commits that git does not know here, or whose model cannot be read: nothing can be said about them
 * @throws ExpectedError `pruned-too-early` (exit 3)
 */
export async function refuseEarlyPruning(
  applied: readonly AppliedCommit[],
  gone: ReadonlySet<string>,
  about: { cluster: string; again: string; call: GitCall },
): Promise<string[]> {
  const unknown: string[] = [];
  for (const { commit, kustomizations } of applied) {
    const { exitCode, stdout } = await askGit(['show', `${commit}:./${modelPath}`], about.call);
    const needed = exitCode === 0 ? recipientsOf(stdout, about.cluster) : undefined;
    if (needed === undefined) unknown.push(commit.slice(0, 10));
    else if (needed.some((recipient) => gone.has(recipient))) throw tooEarly(commit, kustomizations, about);
  }
  return unknown;
}

function recipientsOf(text: string, cluster: string): string[] | undefined {
  try {
    const keys = rotationsOf(readModel({ text, file: modelPath }), cluster);
    return keys.flatMap(wantedOf).map(({ recipient }) => recipient);
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

function tooEarly(
  commit: string,
  kustomizations: readonly string[],
  { cluster, again }: { cluster: string; again: string },
): ExpectedError {
  return new ExpectedError({
    code: 'pruned-too-early',
    exitCode: 3,
    message: `${cluster} still follows a commit that has the old key`,
    why: [
      `${commit.slice(0, 10)} is what ${kustomizations.join(', ')} applied last; the old key is still in its ${modelPath}.`,
    ],
    hint: `Push, wait until it is reconciled, then run the same command again; or, if you know better: ${again}`,
  });
}
