import { askGit, type GitCall } from './run-git.ts';

/** Whether git knows who commits. Both names are needed: `user.name` may be overridden for one of them only. */
export type CommitIdentity = { isKnown: true } | { isKnown: false; missing: ReadonlyArray<'author' | 'committer'> };

/**
 * Asks git whether a commit made in `call.cwd` would have an author and a committer, with the same strictness as
 * `git commit` (git-var(1)). Before `git init` a person's `includeIf "gitdir:…"` does not apply yet, so the
 * answer for a folder that becomes a repository is final only after it.
 */
export async function readCommitIdentity(call: GitCall): Promise<CommitIdentity> {
  const [author, committer] = await Promise.all([
    askGit(['var', 'GIT_AUTHOR_IDENT'], call),
    askGit(['var', 'GIT_COMMITTER_IDENT'], call),
  ]);
  if (author.exitCode === 0 && committer.exitCode === 0) return { isKnown: true };
  return {
    isKnown: false,
    missing: [
      ...(author.exitCode === 0 ? [] : ['author' as const]),
      ...(committer.exitCode === 0 ? [] : ['committer' as const]),
    ],
  };
}

/** For a person whose commit was left out: why, and the commands that put it right. */
export const unknownIdentityReason =
  'git does not know who commits. Set it with: git config --global user.name "Your Name" && git config --global user.email you@example.com';
