import type { Io } from '../cli/io.ts';
import { commitPaths } from '../git/commit-paths.ts';
import { isWrite } from '../plan/plan.ts';
import type { Step } from '../step.ts';
import { commitCommand } from './commit-advice.ts';
import { commitMessage } from './commit-message.ts';
import { type CreateSteps, writeFilesStep, writeKeysStep } from './create-steps.ts';
import { type Proposal, pathsToCommit } from './proposal.ts';

/** What a changing command does after the review: keys, files, commit. */
export function changeSteps(io: Io, proposal: Proposal, wantsCommit: boolean): CreateSteps {
  const { plan, keys, repository } = proposal;
  const keysStep = writeKeysStep(proposal);
  const steps = [
    ...(keys.length > 0 ? [keysStep.step] : []),
    writeFilesStep(repository.root, plan),
    ...(proposal.afterFiles ?? []),
    ...(wantsCommit ? [commitStep(io, proposal)] : []),
  ];
  return { steps, takeKeysBack: keysStep.takeBack };
}

/** Commits what a proposal writes, and what earlier runs left. */
export function commitStep({ env }: Pick<Io, 'env'>, proposal: Proposal): Step {
  const { plan, repository, executable, forgotten = [], instead } = proposal;
  const paths = pathsToCommit(proposal);
  return {
    id: 'git-commit',
    title: 'Commit the files',
    isDone: async () => forgotten.length === 0 && !plan.changes.some(isWrite),
    async run(signal) {
      const commit = {
        paths,
        ...(instead && { instead: [instead] }),
        executable: executable.filter((path) => paths.includes(path)),
        message: commitMessage(proposal),
        resume: commitCommand(proposal),
      };
      await commitPaths(commit, { cwd: repository.root, env, signal });
      return undefined;
    },
  };
}
