/**
 * One thing done outside the work tree. It looks first: running it twice is running it once,
 * so an interrupted command is resumed by running it again.
 */
export interface Step {
  id: string;
  /** What it does, in the imperative: `Commit the files`. */
  title: string;
  /** The steps after it do not need it: they are done even when it fails. */
  isIndependent?: true;
  isDone(signal: AbortSignal): Promise<boolean>;
  /** Resolves to a reason when it left the work undone on purpose (state `skipped`). */
  run(signal: AbortSignal): Promise<{ skipped: string } | undefined>;
}
