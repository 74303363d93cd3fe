import type { Problem } from '../problem.ts';
import type { Answers } from './answers.ts';
import { appliesTo, type Fault, flagName, type Question, type Surroundings } from './question.ts';
import { questions } from './questions.ts';

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
    const faults = texts.length > 1 && question.isRepeatable !== true ? [{ message: 'is given twice' }] : undefined;
    const reading = faults ? { faults } : question.read(texts, answers);
    if ('answers' in reading) answers = reading.answers;
    else problems.push(...reading.faults.map((fault) => flagProblem(question, fault)));
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
    else problems.push(...reading.faults.map((fault) => flagProblem(question, fault)));
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
  const problem: Problem = {
    rule: `answer/${question.id}`,
    severity: 'error',
    message: `${flagName(question)} ${message}`,
  };
  return hint === undefined ? problem : { ...problem, hint };
}
