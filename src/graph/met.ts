import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';

/** What is met below one kustomization.yaml. */
export interface Met {
  files: ReadonlySet<RepoPath>;
  /** Some patch gives `decryption` to Kustomizations. */
  patchesDecryption: boolean;
  problems: readonly FileProblem[];
}

/** A problem with what a file names. */
export interface FileProblem extends Problem {
  /** The file that is not there. */
  missing?: RepoPath;
}

/** Nothing but one problem. */
export function problemMet(problem: FileProblem): Met {
  return { files: new Set(), patchesDecryption: false, problems: [problem] };
}

/** All that several parts met. */
export function joined(parts: readonly Met[]): Met {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return {
    files: new Set(parts.flatMap(({ files }) => [...files])),
    patchesDecryption: parts.some(({ patchesDecryption }) => patchesDecryption),
    problems: parts.flatMap(({ problems }) => problems),
  };
}
