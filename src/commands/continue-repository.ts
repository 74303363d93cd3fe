import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CreateOptions } from '../cli/create-command.ts';
import type { Io } from '../cli/io.ts';
import type { Outcome } from '../cli/outcome.ts';
import { npx, version } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { Cancelled, ExpectedError, usageError } from '../errors.ts';
import { generateUnits } from '../generators/generate-units.ts';
import { type GitPreflight, preflightGit } from '../git/preflight.ts';
import type { Model } from '../model/model.ts';
import { readModel } from '../model/read-model.ts';
import type { Change } from '../plan/change.ts';
import { isWrite } from '../plan/plan.ts';
import { readLocks } from '../plan/read-locks.ts';
import { keysFolder } from '../secrets/keys-folder.ts';
import { diskTree } from '../tree/disk-tree.ts';
import { againWords } from './again.ts';
import { compareUnits } from './compare-units.ts';
import { createSteps } from './create-steps.ts';
import { finish } from './finish.ts';
import { folderWords } from './folder-words.ts';
import { appliedIfKnown } from './last-applied.ts';
import { keptInWords, writesInWords } from './plan-lines.ts';
import { type Prepared, throwAll } from './prepare.ts';
import { executableIn } from './proposal.ts';
import { refuseContinuing } from './refuse-continuing.ts';
import { lookAtSteps } from './run-steps.ts';
import type { SaidSoFar } from './said-so-far.ts';
import { modelPath, type TargetFolder } from './target-folder.ts';

/**
 * `create` in a folder it made: the same plan again from the file that is there, and what is not done yet.
 * When all is done it writes nothing.
 */
export async function continueRepository(
  io: Io,
  options: CreateOptions,
  said: SaidSoFar,
  target: TargetFolder,
): Promise<Outcome> {
  const text = await readFile(join(target.root, modelPath), 'utf8');
  const model = readModel({ text, file: modelPath });
  const tree = diskTree(target.root);
  refuseContinuing(model, said.answers, target, tree);
  const locks = readLocks(tree);
  const units = generateUnits(model, { toolVersion: version });
  const repository = { root: target.root, tree, locks, text };
  const comparing = { units, text, sides: { ours: [], theirs: [] }, applied: appliedIfKnown({ locks }) };
  const plan = await compareUnits(io, repository, comparing);
  const noGit: GitPreflight = { problems: [], branch: model.repository.branch, notes: [] };
  const bare: Prepared = {
    target,
    model,
    keys: [],
    keysFolder: undefined,
    git: noGit,
    plan,
    executable: executableIn(units),
  };
  const wantsGit = said.answers.git !== false;
  const steps = await lookAtSteps(io, createSteps(io, bare, wantsGit).steps);
  const gitIsDone = steps.every(({ id, state }) => state === 'done' || !id.startsWith('git-'));
  const git = gitIsDone ? noGit : await lookAtGit(io, model, target);
  const { changes } = plan;
  const hasConflict = changes.some(({ action }) => action === 'conflict');
  if (changes.some(isWrite) && !hasConflict && !options.yes && !options.dryRun)
    await askConsent(io, target, changes, options);
  const keys = await keysOnThisMachine(io, said, model, target);
  const wasCommitted = await isCommitted(io, bare);
  return finish(
    io,
    { ...bare, git, keysFolder: keys },
    {
      ...options,
      keysDirectory: said.answers.keysDirectory,
      wantsGit,
      isNew: false,
      wasCommitted,
      command: undefined,
    },
  );
}

/** Also where git is not wanted now, or not to be had. */
async function isCommitted(io: Io, bare: Prepared): Promise<boolean> {
  const commit = createSteps(io, bare, true).steps.find(({ id }) => id === 'git-commit');
  try {
    return (await commit?.isDone(io.signal)) === true;
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'git-missing') return false;
    throw error;
  }
}

async function lookAtGit(io: Io, model: Model, target: TargetFolder): Promise<GitPreflight> {
  const git = await preflightGit({ target: target.root, branch: model.repository.branch, isWanted: true }, io);
  throwAll(git.problems);
  return git;
}

async function askConsent(
  io: Io,
  { shown }: TargetFolder,
  changes: readonly Change[],
  { directory }: CreateOptions,
): Promise<void> {
  const wanted = `flux-repo.yaml wants ${writesInWords(changes)} in ${folderWords(shown)}`;
  const kept = keptInWords(changes) || 'Edits of yours are kept.';
  if (!io.interactive)
    throw usageError(`${wanted}, and nobody can be asked`, {
      code: 'needs-consent',
      why: [kept],
      hint: `${npx} ${shellCommand(againWords([shown, '--yes'], { directory }))}, or with --dry-run to look first`,
    });
  const { terminalPrompts } = await import('../wizard/prompts.ts');
  const chosen = await terminalPrompts(io).select(`${wanted}. ${kept} Go on?`, [
    { value: 'apply', label: 'Apply', hint: 'no edit of yours is lost' },
    { value: 'quit', label: 'Quit', hint: 'write nothing; --dry-run shows the plan' },
  ]);
  if (chosen !== 'apply') throw new Cancelled();
}

/** Where the private keys are, if they are here: a colleague has the repository without them. */
async function keysOnThisMachine(
  io: Io,
  { answers }: SaidSoFar,
  { repository, id }: Model,
  { root }: TargetFolder,
): Promise<string | undefined> {
  const place = { ...io, flag: answers.keysDirectory };
  const folder = await keysFolder(place, { repository: repository.name, id, target: root });
  return existsSync(folder) ? folder : undefined;
}
