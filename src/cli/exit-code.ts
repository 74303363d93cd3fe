import { Cancelled, ExpectedError } from '../errors.ts';

/** 0 done · 1, 2, 3 a failure we can explain · 130, 143 interrupted · 70 our bug (EX_SOFTWARE of sysexits.h). */
export function exitCodeOf(failure: unknown): number {
  if (failure === undefined) return 0;
  return failure instanceof ExpectedError || failure instanceof Cancelled ? failure.exitCode : 70;
}
