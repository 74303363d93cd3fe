import type { Problem } from './problem.ts';

/** 1: failed for a known reason · 2: usage, missing or invalid input · 3: needs a human decision, nothing written. */
export type FailureExitCode = 1 | 2 | 3;

interface ExplainedFailure {
  /** Stable, machine-readable, kebab-case: scripts may branch on it. */
  code: string;
  exitCode: FailureExitCode;
  /** What we could not do, in one line. */
  message: string;
  /** Why not, one fact per line. */
  why?: readonly string[];
  /** What to do now: the exact next command where there is one. */
  hint?: string;
  /** Findings with positions, for `--json` and for a listing below the message. */
  problems?: readonly Problem[];
  cause?: unknown;
}

/**
 * A failure we can explain: what, why, what now. Anything else that is thrown is a bug of ours (exit code 70).
 * None of the texts may hold a secret, and `message` holds no absolute path (the JSON contract forbids both).
 */
export class ExpectedError extends Error {
  override readonly name = 'ExpectedError';
  readonly code: string;
  readonly exitCode: FailureExitCode;
  readonly why: readonly string[];
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];

  constructor(failure: ExplainedFailure) {
    super(failure.message, failure.cause === undefined ? undefined : { cause: failure.cause });
    this.code = failure.code;
    this.exitCode = failure.exitCode;
    this.why = failure.why ?? [];
    this.hint = failure.hint;
    this.problems = failure.problems ?? [];
  }
}

/** The person stopped us: Ctrl-C, Esc or a signal. Exit code 130, for SIGTERM 143. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly exitCode: 130 | 143;

  constructor(signal: 'SIGINT' | 'SIGTERM' = 'SIGINT') {
    super('Cancelled');
    this.exitCode = signal === 'SIGTERM' ? 143 : 130;
  }
}

/** Shorthand for the commonest failure: input that a person can put right. */
export function usageError(
  message: string,
  details: { code?: string; why?: readonly string[]; hint?: string; problems?: readonly Problem[] } = {},
): ExpectedError {
  return new ExpectedError({ code: 'usage', exitCode: 2, message, ...details });
}
