import type { Io } from '../cli/io.ts';
import { nothingWritten, type Outcome, type StepRecord } from '../cli/outcome.ts';
import { ExpectedError } from '../errors.ts';
import type { Problem } from '../problem.ts';
import { keyFileName } from '../secrets/key-name.ts';
import type { CreateSteps } from './create-steps.ts';
import type { Prepared } from './prepare.ts';
import { runSteps, type StepsRun } from './run-steps.ts';

/** Does the steps. Keys whose repository did not come to be are taken back. */
export async function runOrTakeBack(io: Io, { steps, takeKeysBack }: CreateSteps): Promise<StepsRun> {
  const run = await runSteps(io, steps);
  if (run.failure !== undefined && !areWritten(run.records) && !isHalfWritten(run.failure.error)) await takeKeysBack();
  return run;
}

/** A run of keys, files and git, as a command has more to tell of it. */
export interface RunTold extends Pick<Outcome, 'nextSteps' | 'problems'> {
  /** What was done or would be done. */
  about: Pick<Prepared, 'plan' | 'model' | 'keys' | 'keysFolder'>;
  run: StepsRun;
  /** For people, when nothing failed. */
  text: () => string;
  /** After a failure behind the files: that they are written, and how to go on. */
  standing: () => string;
}

/** What a command that writes keys and files and commits them did or would do. */
export function outcomeOfRun({ about, run, nextSteps, problems, text, standing }: RunTold): Outcome {
  const { plan, model, keys, keysFolder } = about;
  const { records, failure } = run;
  return {
    changes: plan.changes,
    steps: records,
    nextSteps,
    problems,
    result: {
      repository: model.repository.name,
      id: model.id,
      // only written keys have a public half that is somebody's
      keys: keys.map(({ key, recipient }) => ({ file: keyFileName(key), ...(areWritten(records) && { recipient }) })),
      ...(keysFolder !== undefined && { keysFolder }),
    },
    ...(failure === undefined ? { text: text() } : { failure: failure.error }),
    ...(failure !== undefined &&
      !saysItself(failure.error) && { standing: areWritten(records) ? standing() : nothingWritten }),
  };
}

/** What is said to people, for programs. */
export function noteProblems(notes: readonly string[], rule = 'change/note'): Problem[] {
  return notes.map((message) => ({ rule, severity: 'warning', message }));
}

export function areWritten(records: readonly StepRecord[]): boolean {
  return records.some(({ id, state }) => id === 'files' && state === 'done');
}

/** The next run finishes the files, and they name the keys. */
function isHalfWritten(error: unknown): boolean {
  return error instanceof ExpectedError && error.code === 'half-written';
}

/** Errors that tell what exists now. */
function saysItself(error: unknown): boolean {
  return isHalfWritten(error) || (error instanceof ExpectedError && error.code === 'conflict');
}
