import { nearest } from '../nearest.ts';
import type { Answers } from './answers.ts';
import { namedText, parseNamedText } from './named-text.ts';
import { namesBesideNone, none } from './none.ts';
import type { Fault, Reading } from './question.ts';
import { readDraftPart } from './read-draft-part.ts';

const known = ['source'];

/** Teams as `NAME[,source=URL]`, or `none`; a team without a source works in this repository. */
export function teamTexts({ draft }: Answers): string[] | undefined {
  if (draft.teams === undefined) return undefined;
  const texts = Object.entries(draft.teams).map(([name, { source }]) =>
    namedText(name, [['source', source === 'path' ? undefined : source]]),
  );
  return texts.length === 0 ? [none] : texts;
}

/** A team that a file describes in more detail keeps the rest of it. */
export function readTeams(texts: readonly string[], answers: Answers): Reading {
  const { names, faults } = namesBesideNone(texts, 'teams');
  const teams = new Map<string, unknown>();
  for (const text of names) {
    const { name, settings, faults: ofForm } = parseNamedText(text);
    faults.push(...ofForm.map((message) => ({ message })));
    if (name === none) faults.push({ message: `"${none}" says that there is no team: choose another name` });
    for (const key of settings.keys()) if (!known.includes(key)) faults.push(unknownKey(name, key));
    if (teams.has(name)) faults.push({ message: `"${name}" is given twice` });
    const { source: _, ...kept } = new Map(Object.entries(answers.draft.teams ?? {})).get(name) ?? {};
    teams.set(name, { ...kept, source: 'path', ...Object.fromEntries(settings) });
  }
  if (faults.length > 0) return { faults };
  return readDraftPart({ teams: Object.fromEntries(teams) }, answers);
}

function unknownKey(name: string, key: string): Fault {
  const meant = nearest(key, known);
  return {
    message: `"${name}": unknown key "${key}"${meant ? `, did you mean "${meant}"?` : `; known: ${known.join(', ')}`}`,
  };
}
