import type { Change } from '../plan/change.ts';
import type { Problem } from '../problem.ts';
import type { Step } from '../step.ts';

export type StepState = 'pending' | 'done' | 'skipped' | 'failed';

export interface StepRecord extends Pick<Step, 'id' | 'title'> {
  state: StepState;
  /** Why it was skipped. */
  reason?: string;
}

/**
 * What a command did or would do. It is data, so that `--json` and the text for people cannot say different things;
 * a command that fails halfway returns one as well, with the `failure`.
 */
export interface Outcome {
  changes: readonly Change[];
  steps: readonly StepRecord[];
  problems: readonly Problem[];
  /** For scripts; the shape is the command's own. */
  result?: Readonly<Record<string, unknown>>;
  /** What a person does next, in order: prose and commands. */
  nextSteps: readonly NextStep[];
  /** The same for people, for stdout; a failure is told apart from it. */
  text?: string;
  failure?: unknown;
  /** Without a failure, when it is not 0: what was asked for was found (`diff --exit-code`). */
  exitCode?: 1;
  /** Goes over every text of it on its way out, where a token was at hand. */
  redact?: (text: string) => string;
  /** After a failure: one sentence about what exists now, and how to go on. */
  standing?: string;
}

export interface NextStep {
  text: string;
  /** To be copied as it is; several lines are run one after the other. */
  commands: readonly string[];
}

export const nothingWritten = 'Nothing was written.';
