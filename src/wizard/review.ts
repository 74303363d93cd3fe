import type { Answers } from './answers.ts';
import { type Asking, askAgain } from './ask.ts';
import type { Prompts } from './prompts.ts';
import { appliesTo, type Question } from './question.ts';
import { questions } from './questions.ts';

/** What a person can do once everything is known. */
export type Decision = 'apply' | 'publish' | 'change' | 'files' | 'save';

/** The answers that apply, one a line. */
export function answerLines(answers: Answers): string[] {
  const rows = questions.filter((question) => appliesTo(question, answers) && question.texts(answers) !== undefined);
  const column = Math.max(...rows.map(({ title }) => title.length)) + 2;
  return rows.map((question) => `${question.title.padEnd(column)}${shownAnswer(question, answers)}`);
}

/** @param canPublish it is known whereto, and whether it is wanted was not said yet */
export async function decide(prompts: Prompts, canPublish: boolean): Promise<Decision> {
  const decisions: readonly { value: Decision; label: string; hint: string }[] = [
    { value: 'apply', label: 'Apply', hint: 'write all of it now' },
    { value: 'change', label: 'Change an answer', hint: 'nothing is written yet' },
    { value: 'files', label: 'Show files', hint: 'every path' },
    { value: 'save', label: 'Save and quit', hint: 'keep the answers in a file, write nothing else' },
    ...(canPublish
      ? [
          {
            value: 'publish',
            label: 'Apply and publish',
            hint: 'then make the repository at the provider, push, give clusters deploy keys',
          } as const,
        ]
      : []),
  ];
  const chosen = await prompts.select('Apply this?', decisions);
  return decisions.find(({ value }) => value === chosen)?.value ?? 'change';
}

/** Lets a person pick one answer and give another, or go back; what depends on the answer is asked again. */
export async function changeAnswer(answers: Answers, complete: Answers, asking: Asking): Promise<Answers> {
  const changeable = questions.filter((question) => appliesTo(question, complete));
  const choices = changeable.map((question) => ({
    value: question.id,
    label: question.title,
    hint: shownAnswer(question, complete),
  }));
  const chosen = await asking.prompts.selectOrBack('Which answer? (Esc: back)', choices);
  const question = changeable.find(({ id }) => id === chosen);
  return question === undefined ? answers : askAgain(question, answers, asking);
}

function shownAnswer(question: Question, answers: Answers): string {
  const texts = question.texts(answers) ?? [];
  const labels = texts.map((text) => question.choices?.find(({ value }) => value === text)?.label ?? text);
  return labels.length === 0 ? 'none' : labels.join(' ');
}
