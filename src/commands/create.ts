import type { CreateOptions } from '../cli/create-command.ts';
import type { Io } from '../cli/io.ts';
import type { Outcome } from '../cli/outcome.ts';
import { ExpectedError, usageError } from '../errors.ts';
import { equivalentCommand } from '../wizard/equivalent-command.ts';
import { refuseAnswers } from './refuse-answers.ts';
import { type SaidSoFar, saidSoFar } from './said-so-far.ts';
import { openTarget, type TargetFolder } from './target-folder.ts';

/**
 * Makes a repository, or continues one:
 *
 *     flags, --config -> answers -> questions or defaults -> model, keys, plan -> review -> keys, files, git -> next steps
 *
 * Up to the review nothing is written. What is needed only after the questions is loaded after them.
 *
 * @throws ExpectedError, Cancelled: as long as nothing is written; later they are the outcome's `failure`
 */
export async function create(io: Io, options: CreateOptions): Promise<Outcome> {
  const said = await saidSoFar(io, options);
  if (io.interactive) {
    refuseAnswers(said.problems);
    const { createByAsking } = await import('./create-by-asking.ts');
    return createByAsking(io, options, said);
  }
  const found = await lookForTarget(io, said, options.dryRun);
  if (found.target?.state === 'ours' && said.problems.length === 0) {
    const { continueRepository } = await import('./continue-repository.ts');
    return continueRepository(io, options, said, found.target);
  }
  const { completeAnswers } = await import('./judge-answers.ts');
  const answers = completeAnswers(io, said, { takesDefaults: options.yes, others: found.problems });
  if (found.target === undefined) throw new Error('complete answers name a folder');
  const command = equivalentCommand(answers, io, said.file);
  if (!options.yes && !options.dryRun) throw needsConsent(command);
  const { newId, prepare } = await import('./prepare.ts');
  const prepared = await prepare(io, answers, found.target, newId(io));
  const { finish } = await import('./finish.ts');
  const { git, keysDirectory } = answers;
  return finish(io, prepared, { ...options, keysDirectory, wantsGit: git !== false, isNew: true, command: undefined });
}

/** The folder, or why it cannot be used: that is told together with what is wrong with the answers. */
async function lookForTarget(
  io: Io,
  { answers: { directory } }: SaidSoFar,
  dryRun: boolean,
): Promise<{ target?: TargetFolder; problems: readonly ExpectedError[] }> {
  if (directory === undefined || directory.trim() === '') return { problems: [] };
  try {
    return { target: await openTarget(directory, io, dryRun), problems: [] };
  } catch (error) {
    if (error instanceof ExpectedError) return { problems: [error] };
    throw error;
  }
}

function needsConsent(command: string): ExpectedError {
  return usageError('cannot ask whether to apply this', {
    code: 'needs-consent',
    why: ['There is no terminal to ask at, or asking is off.'],
    hint: command,
  });
}
