import { defaultImage } from '../model/defaults.ts';
import { nearest } from '../nearest.ts';
import type { Answers } from './answers.ts';
import { namedText, parseNamedText } from './named-text.ts';
import { namesBesideNone, none } from './none.ts';
import type { Fault, Reading } from './question.ts';
import { readDraftPart } from './read-draft-part.ts';

const known = ['image', 'namespace', 'port', 'replicas', 'healthPath'];
/** What the model has as numbers. */
const numbers = new Set(['port', 'replicas']);

/** Apps as `NAME[,image=IMAGE][,namespace=NAMESPACE][,port=PORT][,replicas=COUNT][,healthPath=PATH]`, or `none`. */
export function appTexts({ draft }: Answers): string[] | undefined {
  if (draft.apps === undefined) return undefined;
  const texts = Object.entries(draft.apps).map(([name, { image, namespace, port, replicas, healthPath }]) =>
    namedText(name, [
      ['image', image],
      ['namespace', namespace],
      ['port', port?.toString()],
      ['replicas', replicas?.toString()],
      ['healthPath', healthPath],
    ]),
  );
  return texts.length === 0 ? [none] : texts;
}

/** An app that a file describes in more detail keeps the rest of it. Without an image it gets the sample one. */
export function readApps(texts: readonly string[], answers: Answers): Reading {
  const { names, faults } = namesBesideNone(texts, 'apps');
  const apps = new Map<string, unknown>();
  for (const text of names) {
    const { name, settings, faults: ofForm } = parseNamedText(text);
    faults.push(...ofForm.map((message) => ({ message })));
    if (name === none) faults.push({ message: `"${none}" says that there is no app: choose another name` });
    for (const key of settings.keys()) if (!known.includes(key)) faults.push(unknownKey(name, key));
    if (apps.has(name)) faults.push({ message: `"${name}" is given twice` });
    const said = new Map(Object.entries(answers.draft.apps ?? {})).get(name);
    const image = said?.chart === undefined ? { image: defaultImage } : {};
    const kept = Object.entries(said ?? {}).filter(([key]) => !known.includes(key));
    const given = [...settings].map(([key, text]) => [key, numbers.has(key) ? numberIn(text) : text] as const);
    apps.set(name, { ...Object.fromEntries(kept), ...image, ...Object.fromEntries(given) });
  }
  if (faults.length > 0) return { faults };
  return readDraftPart({ apps: Object.fromEntries(apps) }, answers);
}

/** What is none is for the schema to refuse. */
function numberIn(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function unknownKey(name: string, key: string): Fault {
  const meant = nearest(key, known);
  return {
    message: `"${name}": unknown key "${key}"${meant ? `, did you mean "${meant}"?` : `; known: ${known.join(', ')}`}`,
  };
}
