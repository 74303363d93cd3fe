import { ExpectedError } from '../errors.ts';

/** Several failures as one: the first, with what the others say among its reasons. Undefined for none. */
export function oneError(errors: readonly ExpectedError[]): ExpectedError | undefined {
  const [first, ...others] = errors;
  if (first === undefined || others.length === 0) return first;
  return new ExpectedError({
    code: first.code,
    exitCode: first.exitCode,
    message: first.message,
    why: [...first.why, ...others.flatMap((other) => [`Also: ${other.message}`, ...other.why])],
    ...(first.hint !== undefined && { hint: first.hint }),
    problems: errors.flatMap(({ problems }) => problems),
  });
}
