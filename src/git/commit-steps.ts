import type { Step } from '../step.ts';
import { commitPaths, type PathsCommit } from './commit-paths.ts';
import type { Environment } from './git-environment.ts';
import { readCommitIdentity, unknownIdentityReason } from './identity.ts';
import { askGit, type GitCall, runGit } from './run-git.ts';
import { readWorkTree } from './work-tree.ts';

/** What `create` wants git to do in a folder it has written. */
export interface FirstCommit extends PathsCommit {
  /** The repository's folder, absolute. It exists by the time the steps run. */
  root: string;
  /** For a new repository; an existing one keeps the branch it is on. */
  branch: string;
  env: Environment;
}

/** A repository counts as committed when HEAD knows this file, the one everything is generated from. */
const modelPath = 'flux-repo.yaml';

/**
 * The git part of `create`: make a repository of the folder, commit what was generated. The commit is `skipped`
 * when git does not know who commits.
 */
export function firstCommitSteps(commit: FirstCommit): Step[] {
  const callWith = (signal: AbortSignal): GitCall => ({ cwd: commit.root, env: commit.env, signal });
  return [
    {
      id: 'git-init',
      title: 'Create the git repository',
      isDone: async (signal) => (await readWorkTree(commit.root, callWith(signal)))?.isTop === true,
      async run(signal) {
        // The quiet form also keeps back the advice about init.defaultBranch.
        await runGit(['init', '--quiet', `--initial-branch=${commit.branch}`], callWith(signal));
        return undefined;
      },
    },
    {
      id: 'git-commit',
      title: 'Commit the files',
      // `./` makes the path relative to the folder: gitrevisions(7).
      isDone: async (signal) =>
        (await askGit(['cat-file', '-e', `HEAD:./${modelPath}`], callWith(signal))).exitCode === 0,
      async run(signal) {
        const call = callWith(signal);
        if (!(await readCommitIdentity(call)).isKnown) return { skipped: unknownIdentityReason };
        await commitPaths(commit, call);
        return undefined;
      },
    },
  ];
}
