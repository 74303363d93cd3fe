import { notificationTypes, unusualCredential } from '../model/notification-types.ts';
import { nearest } from '../nearest.ts';
import type { Answers } from './answers.ts';
import { namedText, parseNamedText } from './named-text.ts';
import { namesBesideNone, none } from './none.ts';
import type { Choice, Fault, Reading } from './question.ts';
import { readDraftPart } from './read-draft-part.ts';
import { readVariables } from './secret-variables.ts';

const known = ['type', 'channel', 'severity'];

/** What a person can choose with nothing but its credential to be asked for; the others have a channel to be said. */
export const offeredNotifications: readonly Choice[] = [...notificationTypes]
  .filter(
    ([
      ,
      {
        sends,
        ways: [usual],
      },
    ]) => sends === 'messages' && usual.needsChannel !== true,
  )
  .map(([value, { title }]) => ({ value, label: value, hint: title }));

/** Notifications as `TYPE[,channel=C][,severity=S]`, or with a name of their own as `NAME,type=TYPE`, or `none`. */
export function notificationTexts({ draft }: Answers): string[] | undefined {
  if (draft.notifications === undefined) return undefined;
  const texts = Object.entries(draft.notifications).map(([name, { type, channel, severity }]) =>
    namedText(name, [
      ['type', type],
      ['channel', channel],
      ['severity', severity],
    ]),
  );
  return texts.length === 0 ? [none] : texts;
}

/** A notification that a file describes in more detail keeps the rest of it. */
export function readNotifications(texts: readonly string[], answers: Answers): Reading {
  const { names, faults } = namesBesideNone(texts, 'notifications');
  const notifications = new Map<string, unknown>();
  for (const text of names) {
    const { name, settings, faults: ofForm } = parseNamedText(text);
    faults.push(...ofForm.map((message) => ({ message })));
    for (const key of settings.keys()) if (!known.includes(key)) faults.push(unknownKey(name, key));
    if (notifications.has(name))
      faults.push({ message: `"${name}" is given twice; a second one has a name: NAME,type=${name}` });
    const said = new Map(Object.entries(answers.draft.notifications ?? {})).get(name) ?? {};
    const kept = Object.entries(said).filter(([key]) => !known.includes(key));
    notifications.set(name, Object.fromEntries([...kept, ...settings]));
  }
  if (faults.length > 0) return { faults };
  return readDraftPart({ notifications: Object.fromEntries(notifications) }, answers);
}

function unknownKey(name: string, key: string): Fault {
  if (['address', 'token', 'password'].includes(key))
    return {
      message: `"${name}": the ${key} is a credential: name the variable that has it, --notify-secret-env ${name}=VARIABLE, or be asked`,
    };
  const meant = nearest(key, known);
  return {
    message: `"${name}": unknown key "${key}"${meant ? `, did you mean "${meant}"?` : `; known: ${known.join(', ')}`}`,
  };
}

/**
 * Reads `NAME=VARIABLE` and `NAME.KEY=VARIABLE`. The keys say how it authenticates, where there are several ways.
 * What is no variable's name is probably the value itself, and is not repeated.
 */
export function readSecretVariables(texts: readonly string[], answers: Answers): Reading {
  const faults: Fault[] = [];
  const byName = new Map<string, string[]>();
  const notifications = new Map(Object.entries(answers.draft.notifications ?? {}));
  for (const text of texts) {
    const [, name = '', key, variable = ''] = /^([a-z0-9-]+)(?:\.([A-Za-z]+))?=(.*)$/s.exec(text) ?? [];
    if (name === '') faults.push({ message: 'must be TYPE=VARIABLE, or TYPE.KEY=VARIABLE' });
    else byName.set(name, [...(byName.get(name) ?? []), key === undefined ? variable : `${key}=${variable}`]);
  }
  for (const [name, own] of byName) {
    const { variables, faults: ofVariables } = readVariables(`for ${name} it`, own);
    faults.push(...ofVariables.map((message) => ({ message })));
    const said = notifications.get(name);
    if (said === undefined) continue;
    const credential = said.credential ?? unusualCredential(said.type ?? name, undefined, variables.keys());
    notifications.set(name, { ...said, ...(credential && { credential: [...credential] }) });
  }
  if (faults.length > 0) return { faults };
  const part = notifications.size === 0 ? {} : { notifications: Object.fromEntries(notifications) };
  const reading = readDraftPart(part, answers);
  return 'answers' in reading ? { answers: { ...reading.answers, secretVariables: texts } } : reading;
}
