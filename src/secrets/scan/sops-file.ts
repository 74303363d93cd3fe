import type { RepoPath } from '../../tree/repo-path.ts';

/** Whether a file's name says that SOPS encrypted it. `.sops.yaml` is SOPS' configuration. */
export function isSopsFile(path: RepoPath): boolean {
  return /[^/]\.sops\.ya?ml$/i.test(path);
}
