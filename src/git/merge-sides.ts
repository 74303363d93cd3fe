import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RepoPath } from '../tree/repo-path.ts';
import { askGit, type GitCall, runGit } from './run-git.ts';
import type { SideName } from './unmerged-paths.ts';
import type { Operation } from './work-tree.ts';

/** The commits that are being merged; a side nobody knows (`git stash pop`) is undefined. */
export type MergeSides = Readonly<Record<SideName, string | undefined>>;

/** What git waits with, by the ref that it leaves, and where the other two versions are: gitrevisions(7). */
const waiting: ReadonlyArray<{ ref: string; operation: Operation; theirs: string; base?: string }> = [
  { ref: 'MERGE_HEAD', operation: 'merge', theirs: 'MERGE_HEAD' },
  { ref: 'CHERRY_PICK_HEAD', operation: 'cherry-pick', theirs: 'CHERRY_PICK_HEAD', base: 'CHERRY_PICK_HEAD^' },
  { ref: 'REVERT_HEAD', operation: 'revert', theirs: 'REVERT_HEAD^', base: 'REVERT_HEAD' },
];
const rebasing = { ref: 'REBASE_HEAD', operation: 'rebase', theirs: 'REBASE_HEAD', base: 'REBASE_HEAD^' } as const;

/** Which commits the unmerged versions come from. In a rebase `ours` is the branch that is rebased onto. */
export async function readMergeSides(
  gitDir: string,
  call: GitCall,
): Promise<{ operation: Operation | undefined; sides: MergeSides }> {
  const idOf = async (name: string) => {
    const answer = await askGit(['rev-parse', '--quiet', '--verify', `${name}^{commit}`], call);
    return answer.exitCode === 0 ? answer.stdout : undefined;
  };
  const isRebase = ['rebase-merge', 'rebase-apply'].some((folder) => existsSync(join(gitDir, folder)));
  for (const { ref, operation, theirs, base } of isRebase ? [rebasing] : waiting) {
    if ((await idOf(ref)) === undefined) continue;
    const sides = { ours: await idOf('HEAD'), theirs: await idOf(theirs) };
    const common = base ?? (await askGit(['merge-base', 'HEAD', theirs], call)).stdout.split('\n')[0];
    return { operation, sides: { ...sides, base: common ? await idOf(common) : undefined } };
  }
  return {
    operation: isRebase ? 'rebase' : undefined,
    sides: { base: undefined, ours: undefined, theirs: undefined },
  };
}

/** Ids of the files of a commit, below `call.cwd`, by path from there. */
export async function filesOfCommit(commit: string, call: GitCall): Promise<Map<RepoPath, string>> {
  const lines = (await runGit(['ls-tree', '-r', '-z', commit], call)).split('\0');
  return new Map(
    lines.flatMap((line): [RepoPath, string][] => {
      const [, id, path] = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
      return id === undefined || path === undefined ? [] : [[path, id]];
    }),
  );
}
