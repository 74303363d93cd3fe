import { commandMeant } from '../cli/command-names.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import type { Answers } from './answers.ts';
import { appliesTo, flagName, type Question, type Surroundings } from './question.ts';
import { questions } from './questions.ts';
import { withDefaults } from './resolve.ts';

/** Answers that the printed command takes from a file. */
export interface FromFile {
  /** As the person gave it. */
  path: string;
  answers: Answers;
}

/** The command that makes the same repository without asking; what a default or the file says anyway is left out. */
export function equivalentCommand(answers: Answers, surroundings: Surroundings, file?: FromFile): string {
  let known = file?.answers ?? { draft: {} };
  const words: string[] = [];
  for (const question of questions) {
    const texts = question.texts(answers);
    if (texts === undefined || !appliesTo(question, answers)) continue;
    const usual = question.texts(known) ?? usualTexts(question, known, surroundings);
    const reading = question.read(texts, known);
    if ('answers' in reading) known = reading.answers;
    if (usual === undefined || !sameTexts(usual, texts)) words.push(...flagWords(question, texts));
  }
  const config = file === undefined ? [] : ['--config', file.path];
  const git = answers.git === false ? ['--no-git'] : [];
  return `${npx} ${shellCommand([...words, ...config, ...git, '--yes'])}`;
}

/** The command that asks only what nobody has answered yet. Defaults that were chosen are answers too. */
export function commandSoFar(answers: Answers, file?: FromFile): string {
  const words = questions.flatMap((question) => {
    const texts = question.texts(answers);
    const fromFile = file && question.texts(file.answers);
    if (texts === undefined || !appliesTo(question, answers) || (fromFile && sameTexts(fromFile, texts))) return [];
    return flagWords(question, texts);
  });
  const config = file === undefined ? [] : ['--config', file.path];
  const git = answers.git === false ? ['--no-git'] : [];
  return `${npx} ${shellCommand([...words, ...config, ...git])}`;
}

/**
 * A complete command for somebody who left answers out: theirs, and examples where there is no default.
 * @param how.takesDefaults leaves out what `--yes` would take anyway
 */
export function exampleCommand(
  answers: Answers,
  surroundings: Surroundings,
  { file, takesDefaults }: { file: string | undefined; takesDefaults: boolean },
): string {
  const completed = withExamples(answers, surroundings);
  const isTold = (question: Question) =>
    takesDefaults ? question.usual(completed, surroundings) === undefined : question.isAsked(completed);
  const filled = questions.filter((question) => isTold(question) || question.texts(answers) !== undefined);
  const words = filled.flatMap((question) =>
    appliesTo(question, completed) ? flagWords(question, question.texts(completed) ?? []) : [],
  );
  const config = file === undefined ? [] : ['--config', file];
  return `${npx} ${shellCommand([...words, ...config, '--yes'])}`;
}

/** What is missing is filled with defaults, then with examples, so that the rest can be judged too. */
export function withExamples(answers: Answers, surroundings: Surroundings): Answers {
  const { answers: filled, missing } = withDefaults(answers, surroundings);
  const [first] = missing;
  const reading = first?.read([first.example ?? ''], filled);
  return reading !== undefined && 'answers' in reading ? withExamples(reading.answers, surroundings) : filled;
}

/** Texts of two answers to one question; for several things the order says nothing. */
export function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  const [first, second] = [[...one].sort(), [...other].sort()];
  return first.length === second.length && first.every((text, index) => text === second[index]);
}

function usualTexts(question: Question, known: Answers, surroundings: Surroundings): readonly string[] | undefined {
  const usual = question.usual(known, surroundings);
  const reading = usual && question.read(usual, known);
  return reading && 'answers' in reading ? question.texts(reading.answers) : undefined;
}

function flagWords(question: Question, texts: readonly string[]): string[] {
  if (question.flag === undefined) return texts.map(asFolder);
  return texts.flatMap((text) => [flagName(question), text]);
}

/** So that it is read as a folder, not as an option or a command. */
function asFolder(text: string): string {
  return text.startsWith('-') || commandMeant(text) !== undefined ? `./${text}` : text;
}
