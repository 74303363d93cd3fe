import type { CreateOptions } from '../cli/create-command.ts';
import { problemLine } from '../cli/failure-text.ts';
import type { Io } from '../cli/io.ts';
import { nothingWritten, type Outcome } from '../cli/outcome.ts';
import { printable } from '../cli/printable.ts';
import { npx, version } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { widthOfPipe, wrapped } from '../cli/wrapped.ts';
import { Cancelled, ExpectedError } from '../errors.ts';
import type { Answers } from '../wizard/answers.ts';
import { type Asking, ask, askOpen } from '../wizard/ask.ts';
import { commandSoFar, equivalentCommand } from '../wizard/equivalent-command.ts';
import { terminalPrompts } from '../wizard/prompts.ts';
import { questions } from '../wizard/questions.ts';
import { isOpen, withDefaults } from '../wizard/resolve.ts';
import { changeAnswer, decide } from '../wizard/review.ts';
import type { Prepared } from './prepare.ts';
import { isPublishable } from './publish/publish-words.ts';
import type { SaidSoFar } from './said-so-far.ts';
import { openTarget, type TargetFolder } from './target-folder.ts';

/** `create` with a person at the terminal. Who leaves gets a command that holds what they had answered. */
export async function createByAsking(io: Io, options: CreateOptions, said: SaidSoFar): Promise<Outcome> {
  const prompts = terminalPrompts(io);
  let soFar: Answers | undefined;
  const asking: Asking = {
    prompts,
    surroundings: io,
    checks: { directory: (answers) => whyNotThere(answers, io, options.dryRun) },
    heard: (answers) => {
      soFar = answers;
    },
  };
  try {
    return await askAndCreate(io, options, said, asking);
  } catch (failure) {
    if (!(failure instanceof Cancelled) || soFar === undefined) throw failure;
    const standing = `${nothingWritten}\nYour answers so far: ${commandSoFar(soFar, said.file)}`;
    return { changes: [], steps: [], problems: [], nextSteps: [], failure, standing };
  }
}

/** Anything a person can put right is told and asked again, not thrown at them. */
async function askAndCreate(io: Io, options: CreateOptions, said: SaidSoFar, asking: Asking): Promise<Outcome> {
  const { prompts } = asking;
  const { dryRun } = options;
  const given = said.answers.directory === undefined ? undefined : await targetOf(said.answers, io, dryRun);
  if (given?.state !== 'ours') prompts.intro(`create-flux-repo ${version}`);
  const mine = { ...said.answers, credentials: new Map() };
  let answers = given ? mine : await askFolder(mine, asking);
  const first = given ?? (await targetOf(answers, io, dryRun));
  if (first.state === 'ours') {
    const { continueRepository } = await import('./continue-repository.ts');
    return continueRepository(io, options, said, first);
  }
  answers = await askOpen(answers, asking);
  const { newId, prepare } = await import('./prepare.ts');
  const { showReview } = await import('./show-review.ts');
  const id = newId(io);
  for (;;) {
    const complete = withDefaults(answers, io).answers;
    const prepared = await attempt(async () =>
      prepare(io, complete, await targetOf(complete, io, dryRun), id, said.file),
    );
    if (prepared instanceof ExpectedError) {
      prompts.warn(reasonsOf(prepared));
      answers = await changeAnswer(answers, complete, asking);
      continue;
    }
    if (dryRun) return finishWith(io, options, complete, prepared, said);
    showReview(io, prompts, complete, prepared);
    const canPublish = !options.publish && canBePublished(complete, prepared);
    let decision = await decide(prompts, canPublish);
    while (decision === 'files') {
      prompts.note(prepared.plan.changes.map(({ path }) => path).join('\n'), `Files in ${prepared.target.shown}`);
      decision = await decide(prompts, canPublish);
    }
    if (decision === 'apply' || decision === 'publish') {
      prompts.outro('Writing');
      const publish = options.publish || decision === 'publish';
      return finishWith(io, { ...options, publish }, complete, prepared, said);
    }
    if (decision === 'save') return save(io, answers, complete);
    answers = await changeAnswer(answers, complete, asking);
  }
}

async function askFolder(answers: Answers, asking: Asking): Promise<Answers> {
  const [folder] = questions;
  return folder !== undefined && isOpen(folder, answers) ? ask(folder, answers, asking) : answers;
}

function targetOf({ directory = '.' }: Answers, io: Io, dryRun: boolean): Promise<TargetFolder> {
  return openTarget(directory, io, dryRun);
}

async function whyNotThere(answers: Answers, io: Io, dryRun: boolean): Promise<string | undefined> {
  const target = await attempt(() => targetOf(answers, io, dryRun));
  return target instanceof ExpectedError ? reasonsOf(target) : undefined;
}

/** What a person can put right comes back as a value; exit code 2 is the mark of it. */
async function attempt<Value>(work: () => Promise<Value>): Promise<Value | ExpectedError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ExpectedError && error.exitCode === 2) return error;
    throw error;
  }
}

function reasonsOf({ message, why, problems }: ExpectedError): string {
  return [message, ...why, ...problems.map(problemLine)].map(printable).join('\n');
}

async function finishWith(
  io: Io,
  options: CreateOptions,
  answers: Answers,
  prepared: Prepared,
  { file }: SaidSoFar,
): Promise<Outcome> {
  const { finish } = await import('./finish.ts');
  const { withVariableNames } = await import('./credential-sources.ts');
  const command = `${equivalentCommand(withVariableNames(answers), io, file)}${options.publish ? ' --publish' : ''}`;
  const { git, keysDirectory } = answers;
  return finish(io, prepared, { ...options, keysDirectory, wantsGit: git !== false, isNew: true, command });
}

/** Only where it is known whereto; a plain git server needs a repository that a person makes first. */
function canBePublished({ git }: Answers, { model }: Prepared): boolean {
  return git !== false && isPublishable(model) && model.repository.provider !== 'git';
}

/** All answers go into the file; the command carries what is no part of the model, if it was said. */
async function save(io: Io, said: Answers, { draft }: Answers): Promise<Outcome> {
  const { directory = '.', keysDirectory, git } = said;
  const { saveAnswers } = await import('./save-answers.ts');
  const file = await saveAnswers(draft, io.cwd);
  const words = [directory, '--config', file];
  if (keysDirectory !== undefined) words.push('--keys-dir', keysDirectory);
  if (git === false) words.push('--no-git');
  const saved = wrapped(
    `Saved your answers in ${file}. Nothing else was written. Go on with:`,
    io.stdout.columns ?? widthOfPipe,
  );
  const text = `${saved.join('\n')}\n  ${npx} ${shellCommand(words)}\n`;
  return { changes: [], steps: [], problems: [], nextSteps: [], text };
}
