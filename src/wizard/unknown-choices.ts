import { nearest } from '../nearest.ts';
import type { Fault, Question } from './question.ts';

/** What is no choice of a question with one answer, told with the choices. */
export function unknownChoices({ choices = [], isRepeatable }: Question, texts: readonly string[]): Fault[] {
  if (choices.length === 0 || isRepeatable) return [];
  const known = choices.map(({ value }) => value);
  return texts
    .filter((text) => !known.includes(text))
    .map((text) => {
      const meant = nearest(text, known);
      return {
        message: `must be one of ${known.join(', ')}${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
      };
    });
}
