import { isDeepStrictEqual } from 'node:util';
import type { Io } from '../../cli/io.ts';
import { npx, version } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { usageError } from '../../errors.ts';
import { generateUnits } from '../../generators/generate-units.ts';
import { readWorkTree } from '../../git/work-tree.ts';
import { localCommit, remoteHistory } from '../../publish/git/remote-history.ts';
import { type Publishing, remoteOf } from '../../publish/publishing.ts';
import type { Step } from '../../step.ts';
import { commitStep } from '../change-steps.ts';
import { commitSurroundings } from '../commit-surroundings.ts';
import { thereWords } from '../folder-words.ts';
import { appliedIfKnown } from '../last-applied.ts';
import type { OpenRepository } from '../open-repository.ts';
import { executableIn, type Proposal } from '../proposal.ts';

/** What `--commit` does before anything is sent. */
export interface CommitFirst {
  /** Undefined when there is nothing to commit. */
  step: ((publishing: Publishing) => Step) | undefined;
  notes: readonly string[];
}

/**
 * Looks for what earlier runs wrote and no commit has, the model with it. Nothing is generated: edits of the model that
 * nobody applied are `apply`'s.
 *
 * @throws ExpectedError (exit 2) `not-applied`, `cannot-commit`
 */
export async function commitFirst(io: Io, repository: OpenRepository): Promise<CommitFirst> {
  const { model, root, shown } = repository;
  const call = { cwd: root, env: io.env, signal: io.signal };
  const applied = appliedIfKnown(repository);
  if (applied !== undefined && !isDeepStrictEqual(applied, model)) throw notApplied(shown);
  const { branch } = model.repository;
  const on = (await readWorkTree(root, call))?.branch;
  if (on !== undefined && on !== branch) throw otherBranch(on, branch, shown);
  const proposal: Proposal = {
    repository,
    title: 'Apply flux-repo.yaml',
    done: 'Committed what was generated',
    model,
    plan: { changes: [] },
    keys: [],
    keysFolder: undefined,
    executable: executableIn(generateUnits(model, { toolVersion: version })),
    commitsModel: true,
    notes: [],
    nextSteps: [],
    words: ['publish'],
  };
  const { notes, ...found } = await commitSurroundings(proposal, call);
  if (found.forgotten.length === 0) return { step: undefined, notes };
  const commit = commitStep(io, { ...proposal, ...found });
  return {
    notes,
    step: (publishing) => ({
      ...commit,
      async run(signal) {
        const skipped = await commit.run(signal);
        await noteCommit(publishing);
        return skipped;
      },
    }),
  };
}

/** What is published is another commit now. Whether it can follow what is there by now is the push's to say. */
async function noteCommit(publishing: Publishing): Promise<void> {
  const { found, git, local } = publishing;
  local.commit = (await localCommit(local.branch, git.call)) ?? local.commit;
  if (found.repository !== undefined)
    found.history = await remoteHistory(remoteOf(publishing, found.repository), local);
}

function notApplied(shown: string) {
  const words = [...thereWords(shown), 'apply', '--commit'];
  return usageError('flux-repo.yaml has edits that nobody applied', {
    code: 'not-applied',
    why: ['Files would be published that do not follow it.'],
    hint: `${npx} ${shellCommand(words)}, then publish again`,
  });
}

function otherBranch(on: string, branch: string, shown: string) {
  return usageError(`cannot commit to ${branch}: you are on branch ${on}`, {
    code: 'cannot-commit',
    why: [`What is published is ${branch}.`],
    hint: shellCommand(['git', ...thereWords(shown), 'switch', branch]),
  });
}
