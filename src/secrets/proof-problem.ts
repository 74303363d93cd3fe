import type { FluxKustomization } from '../graph/flux-kustomization.ts';
import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';

/**
 * What the decrypt-proof found on one cluster:
 * - `secrets/cluster-cannot-read`: it will reconcile a file that none of its keys opens;
 * - `secrets/cluster-can-read`: its key opens a file of another environment or cluster;
 * - `secrets/damaged`: the file cannot be read at all, or is not whole;
 * - `secrets/no-decryption`, `secrets/needless-decryption`, `secrets/unknown-key`: the Kustomization's `spec.decryption`.
 */
export interface ProofProblem extends Problem {
  cluster: string;
  /** The encrypted file it is about; undefined when it is about a Kustomization alone. */
  path: RepoPath | undefined;
}

/** A problem about a Kustomization's own fields, with their place. */
export function kustomizationProblem(
  cluster: string,
  { name, namespace, object }: FluxKustomization,
  about: Pick<Problem, 'rule' | 'severity' | 'message'> & { path?: RepoPath },
): ProofProblem {
  const place = object?.placeOf(['spec', 'decryption']) ?? (about.path !== undefined && { file: about.path });
  return { cluster, object: `Kustomization/${namespace}/${name}`, ...place, ...about, path: about.path };
}
