import { catalogue } from '../catalogue/catalogue.ts';
import { nearest } from '../nearest.ts';
import type { Answers } from './answers.ts';
import { namesBesideNone, none } from './none.ts';
import type { Fault, Reading } from './question.ts';
import { readDraftPart } from './read-draft-part.ts';

export function componentTexts({ draft }: Answers): string[] | undefined {
  if (draft.components === undefined) return undefined;
  const names = Object.keys(draft.components);
  return names.length === 0 ? [none] : names;
}

/** Names of the catalogue, and of components that a file describes. What one needs must be among them. */
export function readComponents(texts: readonly string[], answers: Answers): Reading {
  const said = new Map(Object.entries(answers.draft.components ?? {}));
  const { names, faults } = namesBesideNone(texts, 'components');
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index) faults.push({ message: `"${name}" is given twice` });
    else if (!catalogue.has(name) && !said.has(name)) faults.push(unknownComponent(name));
    for (const needed of catalogue.get(name)?.dependsOn ?? [])
      if (!names.includes(needed)) faults.push({ message: `"${name}" needs "${needed}" as well` });
  }
  if (faults.length > 0) return { faults };
  return readDraftPart({ components: Object.fromEntries(names.map((name) => [name, said.get(name) ?? {}])) }, answers);
}

function unknownComponent(name: string): Fault {
  const meant = nearest(name, catalogue.keys());
  const rest = meant ? `, did you mean "${meant}"?` : `; known: ${[...catalogue.keys()].join(', ')}`;
  return { message: `"${name}" is no component${rest}` };
}
