import { ExpectedError } from '../errors.ts';
import { stagePaths } from '../git/commit-paths.ts';
import { gitWords } from '../git/git-words.ts';
import { askGit, runGit } from '../git/run-git.ts';
import type { Operation } from '../git/work-tree.ts';
import { isWrite } from '../plan/plan.ts';
import type { Step } from '../step.ts';
import type { ConflictedRepository } from './conflicted-repository.ts';
import { writeFilesStep } from './create-steps.ts';
import type { PlannedResolution } from './plan-resolution.ts';

/** What a person says to git when all is resolved. */
export function concludeCommand(operation: Operation | undefined, git = 'git'): string {
  return operation === undefined || operation === 'merge' ? `${git} commit` : `${git} ${operation} --continue`;
}

/** Write, stage exactly what was resolved and what follows from it, and conclude the merge where that is asked. */
export function resolveSteps(repository: ConflictedRepository, planned: PlannedResolution, commits: boolean): Step[] {
  const { plan, resolved, executable } = planned;
  const { root, call, operation } = repository;
  const paths = [...new Set([...resolved, ...plan.changes.filter(isWrite).map(({ path }) => path)])];
  const stage: Step = {
    id: 'git-add',
    title: 'Stage what is resolved',
    isDone: async () => false,
    async run(signal) {
      await stagePaths({ paths, executable: executable.filter((path) => paths.includes(path)) }, { ...call, signal });
      return undefined;
    },
  };
  const conclude: Step = {
    id: 'git-commit',
    title: 'Conclude the merge',
    isDone: async () => false,
    async run(signal) {
      const reason = await notYet(repository);
      if (reason !== undefined) return { skipped: reason };
      // without an editor git would keep its comment lines, which name the conflicts: git-commit(1), --cleanup
      const answer = await askGit(['commit', '--quiet', '--no-edit', '--cleanup=strip'], {
        ...call,
        signal,
        keepLocale: true,
      });
      if (answer.exitCode === 0) return undefined;
      throw new ExpectedError({
        code: 'git-commit-failed',
        exitCode: 1,
        message: 'git did not commit the merge',
        why: [...gitWords(answer.stdout, answer.stderr), 'All is resolved and staged; nothing is committed.'],
        hint: `Put right what git (or a hook or signing program of yours) names above, then: ${concludeCommand(operation)}`,
      });
    },
  };
  return [writeFilesStep(root, plan), stage, ...(commits ? [conclude] : [])];
}

/** A rebase goes on with its next commit, which may stop too: that is the person's to start. */
async function notYet({ operation, call }: ConflictedRepository): Promise<string | undefined> {
  if (operation === undefined) return 'git waits for no merge to be concluded';
  if (operation === 'rebase') return `a rebase goes on with: ${concludeCommand(operation)}`;
  const unmerged = await runGit(['ls-files', '--unmerged', '-z', '--full-name', ':/'], call);
  return unmerged === '' ? undefined : 'other files are still unmerged';
}
