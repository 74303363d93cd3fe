import type { Problem } from '../problem.ts';
import type { Answers } from './answers.ts';
import { appliesTo, type Fault, flagName, type Question, type Surroundings } from './question.ts';
import { questions } from './questions.ts';
import { unknownChoices } from './unknown-choices.ts';

/** The texts of flags, by question. */
export type Given = Readonly<Record<string, readonly string[]>>;

export interface Resolved {
  answers: Answers;
  /** Questions that somebody must answer. */
  missing: readonly Question[];
  /** What was said and cannot be used. */
  problems: readonly Problem[];
}

/** Puts flags on top of what a file said: a flag's answer replaces the file's. Every fault is named. */
export function takeFlags(given: Given, said: Answers): Pick<Resolved, 'answers' | 'problems'> {
  let answers = said;
  const problems: Problem[] = [];
  for (const question of questions) {
    const texts = given[question.id];
    if (texts === undefined) continue;
    const faults = texts.length > 1 && question.isRepeatable !== true ? [{ message: 'is given twice' }] : [];
    faults.push(...unknownChoices(question, texts));
    const reading = faults.length > 0 ? { faults } : question.read(texts, answers);
    if ('answers' in reading) answers = reading.answers;
    else problems.push(...reading.faults.map((fault) => flagProblem(question, fault)));
    if (question.pointless !== undefined && !appliesTo(question, answers))
      problems.push(flagProblem(question, { message: question.pointless }));
  }
  return { answers, problems };
}

/** Fills what nobody said, in the order of the questions, since a default may depend on what comes before. */
export function withDefaults(said: Answers, surroundings: Surroundings): Resolved {
  let answers = said;
  const missing: Question[] = [];
  const problems: Problem[] = [];
  for (const question of questions) {
    if (!isOpen(question, answers)) continue;
    const usual = question.usual(answers, surroundings);
    if (usual === undefined) {
      if (question.isAsked(answers)) missing.push(question);
      continue;
    }
    const reading = question.read(usual, answers);
    if ('answers' in reading) answers = reading.answers;
    else problems.push(...reading.faults.map((fault) => usualProblem(question, usual, fault)));
  }
  return { answers, missing, problems };
}

/** Nobody has answered it, and the answers so far leave it standing. */
export function isOpen(question: Question, answers: Answers): boolean {
  return appliesTo(question, answers) && question.texts(answers) === undefined;
}

export function missingProblem(question: Question): Problem {
  const about = question.about.replace(/ \(default: [^)]*\)$/, '');
  return { rule: 'answer/missing', severity: 'error', message: `${flagName(question)} is missing: ${about}` };
}

function flagProblem(question: Question, { message, hint }: Fault): Problem {
  return problemOf(question, { message: `${flagName(question)} ${message}`, ...(hint !== undefined && { hint }) });
}

function usualProblem(question: Question, usual: readonly string[], fault: Fault): Problem {
  const unfit = question.unfitUsual?.(usual, fault);
  return unfit === undefined ? flagProblem(question, fault) : problemOf(question, unfit);
}

function problemOf({ id }: Question, fault: Fault): Problem {
  return { rule: `answer/${id}`, severity: 'error', ...fault };
}
