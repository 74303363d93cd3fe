import { rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Io } from '../cli/io.ts';
import { npx, version } from '../cli/program.ts';
import { shellQuote } from '../cli/shell-quote.ts';
import { ExpectedError } from '../errors.ts';
import { firstCommitSteps } from '../git/commit-steps.ts';
import { nearestFolder } from '../git/future-path.ts';
import { applyPlan } from '../plan/apply-plan.ts';
import { isWrite } from '../plan/plan.ts';
import { writeKeys } from '../secrets/write-keys.ts';
import type { Step } from '../step.ts';
import type { Prepared } from './prepare.ts';

/** What `create` does after the review: keys, files, git. In this order, so that no file names a key that was lost. */
export function createSteps(io: Io, prepared: Prepared, wantsGit: boolean): Step[] {
  const { target, model, plan, keys, executable } = prepared;
  const written: { takeBack(): Promise<void> } = { takeBack: async () => undefined };
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
  return [
    ...(keys.length > 0 ? [keysStep(prepared, written)] : []),
    filesStep(prepared, written),
    ...(wantsGit ? firstCommitSteps(commit) : []),
  ];
}

function keysStep({ keys, keysFolder = '', model }: Prepared, written: { takeBack(): Promise<void> }): Step {
  return {
    id: 'keys',
    title: keys.length === 1 ? 'Write a private key' : `Write ${keys.length} private keys`,
    isDone: async () => false,
    async run() {
      const there = await nearestFolder(keysFolder);
      const files = await writeKeys(keysFolder, keys, { repository: model.repository.name, now: new Date() });
      written.takeBack = async () => {
        for (const file of files) await rm(file, { force: true });
        // rmdir takes empty folders only: nothing of anybody else's goes
        for (let folder = keysFolder; folder !== there && folder !== dirname(folder); folder = dirname(folder))
          await rmdir(folder).catch(() => undefined);
      };
      return undefined;
    },
  };
}

/** Keys of a repository that did not come to be are taken back: nothing was encrypted to them. */
function filesStep({ target, plan }: Prepared, written: { takeBack(): Promise<void> }): Step {
  const count = plan.changes.filter(isWrite).length;
  return {
    id: 'files',
    title: `Write ${count} files`,
    isDone: async () => count === 0,
    async run(signal) {
      try {
        signal.throwIfAborted();
        await applyPlan(target.root, plan);
      } catch (error) {
        // half-written is finished by the next run, which then needs its keys
        if (!(error instanceof ExpectedError && error.code === 'half-written')) await written.takeBack();
        throw error;
      }
      return undefined;
    },
  };
}
