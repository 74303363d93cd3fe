import type { Io } from '../cli/io.ts';
import { commitPaths } from '../git/commit-paths.ts';
import { shownUnit } from '../model/units.ts';
import { isWrite } from '../plan/plan.ts';
import type { Step } from '../step.ts';
import { gitCommands } from './commit-advice.ts';
import { writeFilesStep, writeKeysStep } from './create-steps.ts';
import { type Proposal, pathsToCommit } from './proposal.ts';

/** What a changing command does after the review: keys, files, commit. */
export function changeSteps(
  io: Io,
  proposal: Proposal,
  wantsCommit: boolean,
): { steps: Step[]; takeKeysBack(): Promise<void> } {
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

function commitStep({ env }: Io, proposal: Proposal): Step {
  const { plan, repository, executable, forgotten = [] } = proposal;
  const paths = pathsToCommit(proposal);
  return {
    id: 'git-commit',
    title: 'Commit the files',
    isDone: async () => forgotten.length === 0 && !plan.changes.some(isWrite),
    async run(signal) {
      const commit = {
        paths,
        executable: executable.filter((path) => paths.includes(path)),
        message: commitMessage(proposal),
        resume: gitCommands(proposal).join(' && '),
      };
      await commitPaths(commit, { cwd: repository.root, env, signal });
      return undefined;
    },
  };
}

/** A title, and what was regenerated, one unit a line. */
function commitMessage({ title, plan }: Proposal): string {
  const units = new Set(plan.changes.filter(isWrite).map(({ unit }) => unit));
  return `${title}\n\nRegenerated:\n${[...units]
    .sort()
    .map((unit) => `- ${shownUnit(unit)}\n`)
    .join('')}`;
}
