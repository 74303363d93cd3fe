import type { Model } from '../model/model.ts';
import type { Addable, AddQuestion, SaidOfUnit } from './addition.ts';
import type { Prompts } from './prompts.ts';

/** What stands against answers so far, in a person's words; examples stand for what is not answered yet. */
export type Judge = (said: SaidOfUnit) => readonly string[];

/** What these functions need to know of what is asked about. */
type Asked = Pick<Addable, 'questions'>;

/** Asks what nobody said. Each answer is judged at once. */
export async function askAddition(
  { questions }: Asked,
  given: SaidOfUnit,
  model: Model,
  { prompts, judge }: { prompts: Prompts; judge: Judge },
): Promise<SaidOfUnit> {
  let said = given;
  for (const question of questions) {
    if (!isOpen(question, said, model)) continue;
    const texts =
      question.prompt === undefined ? question.usual(said, model) : await ask(question, said, model, prompts, judge);
    if (texts !== undefined && texts.length > 0) said = { ...said, [question.id]: texts };
  }
  return said;
}

/** Takes what is usual where nobody said. @returns also the questions that have no usual answer */
export function withUsual(
  { questions }: Asked,
  given: SaidOfUnit,
  model: Model,
): { said: SaidOfUnit; missing: readonly AddQuestion[] } {
  let said = given;
  const missing: AddQuestion[] = [];
  for (const question of questions) {
    if (!isOpen(question, said, model)) continue;
    const texts = question.usual(said, model);
    if (texts === undefined) missing.push(question);
    else if (texts.length > 0) said = { ...said, [question.id]: texts };
  }
  return { said, missing };
}

/** The answers with examples for what is missing, so that the rest can be judged. */
export function withExamples(addable: Asked, given: SaidOfUnit, model: Model): SaidOfUnit {
  const { said, missing } = withUsual(addable, given, model);
  const [first] = missing;
  if (first === undefined) return said;
  const example = first.choices?.(model, said)[0]?.value ?? first.example ?? '';
  return withExamples(addable, { ...given, [first.id]: [example] }, model);
}

function isOpen({ id, applies }: AddQuestion, said: SaidOfUnit, model: Model): boolean {
  return said[id] === undefined && (applies?.(said, model) ?? true);
}

async function ask(
  question: AddQuestion,
  said: SaidOfUnit,
  model: Model,
  prompts: Prompts,
  judge: Judge,
): Promise<readonly string[]> {
  const { id, prompt, choices } = question;
  const isOptional = question.usual(said, model)?.length === 0;
  const usual = question.usual(said, model)?.[0];
  if (prompt === undefined) throw new Error(`nobody is asked about ${id}`);
  if (prompt.kind !== 'text') {
    const chosen = await prompts.select(prompt.message, choices?.(model, said) ?? [], usual);
    return chosen === '' ? [] : [chosen];
  }
  const answer = await prompts.text({
    message: prompt.message,
    placeholder: prompt.placeholder,
    usual,
    validate: (text) => {
      const faults = judge({ ...said, [id]: [text.trim() || (usual ?? '')] });
      return faults.length === 0 ? undefined : faults.join('\n   ');
    },
  });
  const taken = answer.trim() || (usual ?? '');
  return taken === '' && isOptional ? [] : [taken];
}
