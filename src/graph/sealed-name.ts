import type { RepoPath } from '../tree/repo-path.ts';

/** Whether a file's name says that it is encrypted: the rules of `.sops.yaml` go by that. */
export function isSealedName(path: RepoPath): boolean {
  return /\.sops\.ya?ml$/.test(path) && !/(^|\/)\.sops\.ya?ml$/.test(path);
}
