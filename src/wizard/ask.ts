import type { Answers } from './answers.ts';
import { listCommas } from './list-commas.ts';
import { lineOf, wordsOf } from './named-text.ts';
import { none } from './none.ts';
import type { Prompts } from './prompts.ts';
import { appliesTo, type Choice, type Question, type Surroundings } from './question.ts';
import { questions } from './questions.ts';
import { isOpen } from './resolve.ts';

/** More than the question itself can know, for example whether a folder may be used. Gives the reason why not. */
export type Check = (answers: Answers) => Promise<string | undefined>;

export interface Asking {
  prompts: Prompts;
  surroundings: Surroundings;
  /** By question. */
  checks?: Readonly<Record<string, Check>>;
  /** Hears of every answer as it is given, so that none is lost when the person leaves. */
  heard?(answers: Answers): void;
}

/** Asks everything that is still open, in order; also what has a default that cannot be used here. */
export async function askOpen(said: Answers, asking: Asking): Promise<Answers> {
  let answers = said;
  for (const question of questions)
    if (isOpen(question, answers) && (question.isAsked(answers) || !hasUsableDefault(question, answers, asking)))
      answers = await ask(question, answers, asking);
  return answers;
}

/** Asks one question; what has been said before is there to be edited, else the default is what Enter takes. */
export async function ask(question: Question, answers: Answers, asking: Asking): Promise<Answers> {
  const { kind } = question.prompt;
  const answered = await (kind === 'text' ? askText(question, answers, asking) : askChoice(question, answers, asking));
  asking.heard?.(answered);
  return answered;
}

async function askChoice(question: Question, answers: Answers, asking: Asking): Promise<Answers> {
  const { prompts, surroundings } = asking;
  const { message, kind } = question.prompt;
  let texts = question.texts(answers) ?? question.usual(answers, surroundings) ?? [];
  for (;;) {
    const choices = choicesOf(question, texts);
    texts =
      kind === 'select'
        ? [await prompts.select(message, choices, texts[0])]
        : await prompts.multiselect(message, choices, texts.filter(isOf(choices)));
    const reading = question.read(texts, answers);
    if ('answers' in reading) return reading.answers;
    prompts.warn(reading.faults.map((fault) => fault.message).join('\n'));
  }
}

/** clack gives back what it was given, also what nobody sees: `none`. */
function isOf(choices: readonly Choice[]): (text: string) => boolean {
  return (text) => choices.some(({ value }) => value === text);
}

/** What is said already and is none of the choices offered stays one. */
function choicesOf({ prompt, choices = [] }: Question, said: readonly string[]): readonly Choice[] {
  if (prompt.kind !== 'multiselect' || prompt.choices === undefined) return choices;
  const offered = prompt.choices;
  const others = said.filter((text) => text !== none && offered.every(({ value }) => value !== text));
  return [...others.map((value) => ({ value, label: value, hint: 'as said' })), ...offered];
}

/** Asks one question again, and those that depend on it if the answer changed; what they no longer ask is forgotten. */
export async function askAgain(question: Question, before: Answers, asking: Asking): Promise<Answers> {
  let answers = await ask(question, before, asking);
  if (String(question.texts(answers)) === String(question.texts(before))) return answers;
  for (const dependent of questions.filter(({ dependsOn }) => dependsOn?.includes(question.id))) {
    if (appliesTo(dependent, answers) && dependent.isAsked(answers)) answers = await ask(dependent, answers, asking);
    else answers = dependent.forget?.(answers) ?? answers;
  }
  return answers;
}

async function askText(question: Question, answers: Answers, asking: Asking): Promise<Answers> {
  const texts = question.texts(answers);
  // "none" is no text to go on writing from
  const said = texts?.[0] === none ? undefined : texts;
  const usual = said === undefined ? question.usual(answers, asking.surroundings) : undefined;
  const textsOf = (line: string): readonly string[] => {
    if (line.trim() === '' && usual !== undefined) return usual;
    return question.isRepeatable ? wordsOf(line) : [line.trim()];
  };
  const lineFrom = (texts: readonly string[]) => (question.isRepeatable ? lineOf(texts) : (texts[0] ?? ''));
  const line = await asking.prompts.text({
    message: question.prompt.message,
    placeholder: question.prompt.kind === 'text' ? question.prompt.placeholder : undefined,
    usual: usual && lineFrom(usual),
    initial: said && lineFrom(said),
    // at once where it can be: a promise makes the prompt flicker
    validate(text) {
      const commas = question.isRepeatable && listCommas(wordsOf(text), question.title.toLowerCase());
      if (commas) return commas;
      const reading = question.read(textsOf(text), answers);
      // clack draws the first line behind its frame and leaves the others to us
      if ('faults' in reading) return reading.faults.map((fault) => fault.message).join('\n   ');
      return asking.checks?.[question.id]?.(reading.answers);
    },
  });
  const reading = question.read(textsOf(line), answers);
  if ('faults' in reading) throw new Error(`the prompt accepted what question ${question.id} refuses`);
  return reading.answers;
}

function hasUsableDefault(question: Question, answers: Answers, { surroundings }: Asking): boolean {
  const usual = question.usual(answers, surroundings);
  return usual === undefined || 'answers' in question.read(usual, answers);
}
