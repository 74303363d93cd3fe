import { carrierOf, secretStrategies, traitOf } from '../model/secret-strategies.ts';
import type { Answers } from './answers.ts';
import type { Choice, Reading } from './question.ts';
import { readDraftPart } from './read-draft-part.ts';

/** How secrets can be kept, each with its line. */
export const strategyChoices: readonly Choice[] = secretStrategies.map((value) => {
  const { title, about } = traitOf(value);
  return { value, label: title, hint: about };
});

/** A strategy's component comes along by itself, but not for somebody who wanted no component at all. */
export function readStrategy([text]: readonly string[], answers: Answers): Reading {
  const { components } = answers.draft;
  const strategy = secretStrategies.find((known) => known === text);
  const carrier = strategy && carrierOf(strategy);
  if (carrier !== undefined && components !== undefined && Object.keys(components).length === 0)
    return { faults: [{ message: `"${text}" needs component "${carrier}", and there shall be none` }] };
  return readDraftPart({ secrets: { strategy: text } }, answers);
}
