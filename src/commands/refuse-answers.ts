import { npx } from '../cli/program.ts';
import { usageError } from '../errors.ts';
import type { Problem } from '../problem.ts';

/** Refuses answers that cannot be used, all at once. @throws ExpectedError (exit 2) unless there are no problems */
export function refuseAnswers(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const hint = problems.find((problem) => problem.hint !== undefined)?.hint;
  const file = problems.find((problem) => problem.file !== undefined)?.file;
  const usual = `correct what is listed; ${npx} --help says what each flag takes`;
  throw usageError(`cannot use the answers: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}`, {
    code: 'invalid-answers',
    problems,
    hint: hint ?? (file === undefined ? usual : `correct ${file} and run the command again`),
  });
}
