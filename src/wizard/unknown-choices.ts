import { nearest } from '../nearest.ts';
import type { Fault, Question } from './question.ts';

/** What is no choice of a question with one answer: told with the choices of this version, the later ones apart. */
export function unknownChoices({ choices = [], isRepeatable }: Question, texts: readonly string[]): Fault[] {
  if (choices.length === 0 || isRepeatable) return [];
  const now = choices.filter(({ isLater }) => isLater !== true).map(({ value }) => value);
  const later = choices.filter(({ isLater }) => isLater).map(({ value }) => value);
  return texts
    .filter((text) => !now.includes(text))
    .map((text) => {
      if (later.includes(text)) return { message: `"${text}" is not in this version; it has: ${now.join(', ')}` };
      const meant = nearest(text, now);
      const guess = meant === undefined ? '' : `; did you mean "${meant}"?`;
      return { message: `must be one of ${now.join(', ')}${guess}${notYet(later)}` };
    });
}

function notYet(later: readonly string[]): string {
  const [last, ...others] = [...later].reverse();
  if (last === undefined) return '';
  const listed = others.length === 0 ? `${last} is` : `${others.reverse().join(', ')} and ${last} are`;
  return `; ${listed} not in this version`;
}
