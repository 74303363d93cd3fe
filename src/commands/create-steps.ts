import { rm, rmdir } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import type { Io } from '../cli/io.ts';
import { npx, version } from '../cli/program.ts';
import { shellQuote } from '../cli/shell-quote.ts';
import { firstCommitSteps } from '../git/commit-steps.ts';
import { nearestFolder } from '../git/future-path.ts';
import { applyPlan } from '../plan/apply-plan.ts';
import { isWrite } from '../plan/plan.ts';
import { writeKeys } from '../secrets/write-keys.ts';
import type { Step } from '../step.ts';
import type { Prepared } from './prepare.ts';

export interface CreateSteps {
  steps: Step[];
  /**
   * Removes the keys that these steps wrote, for a repository that did not come to be: nothing was encrypted to them.
   * Keys of before, and what else is in their folder, stay.
   */
  takeKeysBack(): Promise<void>;
}

/** What `create` does after the review: keys, files, git. In this order, so that no file names a key that was lost. */
export function createSteps(io: Io, prepared: Prepared, wantsGit: boolean): CreateSteps {
  const { target, model, plan, keys, executable } = prepared;
  const keysStep = writeKeysStep(prepared);
  const paths = plan.changes
    .filter((change) => isWrite(change) || change.action === 'same')
    .map((change) => change.path);
  const commit = {
    root: target.root,
    env: io.env,
    branch: model.repository.branch,
    paths,
    executable: executable.filter((path) => paths.includes(path)),
    message: `Scaffold the Flux repository with create-flux-repo ${version}`,
    resume: `${npx} ${shellQuote(target.shown)}`,
  };
  const steps = [
    ...(keys.length > 0 ? [keysStep.step] : []),
    writeFilesStep(prepared),
    ...(wantsGit ? firstCommitSteps(commit) : []),
  ];
  return { steps, takeKeysBack: keysStep.takeBack };
}

function writeKeysStep({ keys, keysFolder = '', model }: Prepared): { step: Step; takeBack(): Promise<void> } {
  let there = keysFolder;
  let files: readonly string[] = [];
  const step: Step = {
    id: 'keys',
    title: keys.length === 1 ? 'Write a private key' : `Write ${keys.length} private keys`,
    isDone: async () => false,
    async run() {
      there = await nearestFolder(keysFolder);
      files = await writeKeys(keysFolder, keys, { repository: model.repository.name, now: new Date() });
      return undefined;
    },
  };
  const takeBack = async () => {
    for (const file of files) await rm(file, { force: true });
    // rmdir takes empty folders only: nothing of anybody else's goes
    for (let folder = keysFolder; files.length > 0 && folder.startsWith(there + sep); folder = dirname(folder))
      await rmdir(folder).catch(() => undefined);
  };
  return { step, takeBack };
}

function writeFilesStep({ target, plan }: Prepared): Step {
  const count = plan.changes.filter(isWrite).length;
  return {
    id: 'files',
    title: count === 1 ? 'Write a file' : `Write ${count} files`,
    isDone: async () => count === 0,
    async run() {
      await applyPlan(target.root, plan);
      return undefined;
    },
  };
}
