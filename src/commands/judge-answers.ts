import type { Io } from '../cli/io.ts';
import { ExpectedError, usageError } from '../errors.ts';
import { modelFrom } from '../model/complete-draft.ts';
import type { Problem } from '../problem.ts';
import type { Answers } from '../wizard/answers.ts';
import { exampleCommand, withExamples } from '../wizard/equivalent-command.ts';
import { appliesTo, type Question } from '../wizard/question.ts';
import { questions } from '../wizard/questions.ts';
import { isOpen, missingProblem, withDefaults } from '../wizard/resolve.ts';
import type { AnswersFile } from './answers-file.ts';
import { sourcesOf } from './credential-sources.ts';
import { credentialProblems } from './notification-credentials.ts';
import { refuseAnswers } from './refuse-answers.ts';
import type { SaidSoFar } from './said-so-far.ts';

/**
 * Completes answers where nobody can be asked.
 * @param others what else stands against beginning
 * @throws ExpectedError (exit 2) with everything that is missing or wrong at once, and a command that would do
 */
export function completeAnswers(
  io: Io,
  { answers, problems, file }: SaidSoFar,
  { takesDefaults, others }: { takesDefaults: boolean; others: readonly ExpectedError[] },
): Answers {
  const resolved = withDefaults(answers, io);
  const [unusable] = others;
  const open = takesDefaults || unusable ? resolved.missing : unanswered(answers, resolved.answers);
  const missing = open.filter(({ id }) => !problems.some(({ rule }) => rule === `answer/${id}`));
  const wrong = [...problems, ...resolved.problems, ...contradictions(io, withExamples(answers, io), file)];
  const all = [...missing.map(missingProblem), ...wrong];
  if (unusable !== undefined) throw withProblems(unusable, all);
  if (missing.length === 0) refuseAnswers(all);
  if (all.length === 0) return resolved.answers;
  const what = missing.length === 1 ? 'an answer is missing' : `${missing.length} answers are missing`;
  throw usageError(takesDefaults ? what : `nobody can be asked here, and ${what}; --yes takes defaults`, {
    code: 'missing-answers',
    problems: all,
    hint: exampleCommand(answers, io, { file: file?.path, takesDefaults }),
  });
}

function withProblems({ message, code, why, problems, hint }: ExpectedError, more: readonly Problem[]): ExpectedError {
  return usageError(message, { code, why, problems: [...problems, ...more], ...(hint !== undefined && { hint }) });
}

/** Without `--yes` a default is not taken silently: it would have been a question. */
function unanswered(said: Answers, complete: Answers): Question[] {
  return questions.filter(
    (question) => question.isAsked(complete) && appliesTo(question, complete) && isOpen(question, said),
  );
}

/** What only shows when all answers are put together. */
function contradictions(io: Io, answers: Answers, file: AnswersFile | undefined): readonly Problem[] {
  const { draft } = answers;
  try {
    const identity = { name: draft.repository?.name ?? 'fleet', id: '00000000' };
    const model = modelFrom(draft, identity, file && ((path) => file.placeOf(path, draft)));
    return [...credentialProblems(io, model, Object.keys(model.notifications), sourcesOf(answers))];
  } catch (error) {
    if (error instanceof ExpectedError) return error.problems;
    throw error;
  }
}
