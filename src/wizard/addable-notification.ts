import type { Model } from '../model/model.ts';
import { severities } from '../model/notification-fields.ts';
import { type NotificationType, notificationTypes, unusualCredential, waysOf } from '../model/notification-types.ts';
import { inOrder } from '../model/units.ts';
import { nearest } from '../nearest.ts';
import { type Addable, environmentFaults, firstOf, type SaidOfUnit } from './addition.ts';
import type { Choice } from './question.ts';
import { readVariables } from './secret-variables.ts';

const secretFlag = '--secret-env';

/** The type that is said, or the name if that is one. */
function typeIn(said: SaidOfUnit): string {
  return firstOf(said, 'type') ?? firstOf(said, 'name') ?? '';
}

function rowOf(said: SaidOfUnit): NotificationType | undefined {
  return notificationTypes.get(typeIn(said));
}

const typeChoices: readonly Choice[] = [...notificationTypes].map(([value, { title, sends }]) => ({
  value,
  label: value,
  hint: sends === 'webhook' ? 'the server tells Flux of a commit' : `${title}: ${sends}`,
}));

const wayHint = (way: string) =>
  way === 'none' ? 'nothing' : way === 'address' ? 'its address is the secret' : 'in its Secret';

const severityHints = { error: 'what failed', info: 'everything, also what went well' };

export const addableNotification: Addable = {
  noun: 'notification',
  map: 'notifications',
  about: "Add a notification: where Flux tells what failed, a commit's status, or the webhook of a server.",
  questions: [
    {
      id: 'name',
      about: 'its type (slack, msteams, github, receiver …), or a name',
      prompt: { kind: 'select', message: 'What is told, and where?' },
      choices: (model) => typeChoices.filter(({ value }) => !Object.hasOwn(model.notifications, value)),
      usual: () => undefined,
      example: 'slack',
    },
    {
      id: 'type',
      flag: '--type <type>',
      about: 'its type (default: its name)',
      prompt: { kind: 'select', message: 'Of which type is it?' },
      choices: () => [...typeChoices],
      applies: (said) => !notificationTypes.has(firstOf(said, 'name') ?? ''),
      faults: ([type = '']) => unknownType(type, '--type'),
      usual: () => undefined,
    },
    {
      id: 'team',
      flag: '--team <team>',
      about: "of a team: in its namespace, with its own credential (default: the platform's)",
      prompt: { kind: 'select', message: 'Whose is it?' },
      choices: (model) => [
        { value: '', label: 'The platform', hint: 'of everything beside Flux itself' },
        ...inOrder(model.teams).map(([value]) => ({ value, label: value, hint: 'of what the team applies' })),
      ],
      applies: (_, model) => Object.keys(model.teams).length > 0,
      faults: ([team = ''], model) => unknownTeam(team, model),
      usual: () => [],
    },
    {
      id: 'environment',
      flag: '--environment <environment>',
      inModel: ['environments'],
      about: 'in this environment only (default: in each)',
      isRepeatable: true,
      faults: (names, model) => names.flatMap((name) => environmentFaults([name], model)),
      usual: () => [],
    },
    {
      id: 'credential',
      flag: '--credential <keys>',
      about: 'how it authenticates, where there are several ways: token, username+password …',
      prompt: { kind: 'select', message: 'With what does it authenticate?' },
      choices: (_, said) => waysOf(typeIn(said)).map((value) => ({ value, label: value, hint: wayHint(value) })),
      applies: (said) => said['secret-env'] === undefined && (rowOf(said)?.ways.length ?? 0) > 1,
      usual: (said) => waysOf(typeIn(said)).slice(0, 1),
    },
    {
      id: 'channel',
      flag: '--channel <channel>',
      about: 'where it appears: a channel, a room, a topic',
      prompt: { kind: 'text', message: 'Which channel? (Enter for none)' },
      applies: (said) => rowOf(said)?.channel !== undefined,
      usual: (said) => (needsChannel(said) ? undefined : []),
      example: 'CHANNEL/TOPIC',
    },
    {
      id: 'severity',
      flag: '--severity <severity>',
      about: 'error or info (default: error; info for the status of commits)',
      prompt: { kind: 'select', message: 'What is told?' },
      choices: () => severities.map((value) => ({ value, label: value, hint: severityHints[value] })),
      applies: (said) => rowOf(said)?.sends === 'messages',
      usual: () => ['error'],
    },
    {
      id: 'secret-env',
      flag: `${secretFlag} <[key=]variable>`,
      about: 'the variable of the environment that holds its credential; else it is asked for',
      isRepeatable: true,
      mustBeNames: (texts) => readVariables(secretFlag, texts).faults,
      usual: () => [],
    },
  ],
  another: (said) => ({
    ...said,
    name: [`${firstOf(said, 'team') ?? 'second'}-${typeIn(said)}`],
    type: [typeIn(said)],
  }),
  contradictions: (said) => {
    const chosen = firstOf(said, 'credential');
    const ways = waysOf(typeIn(said));
    return chosen === undefined || ways.length === 0 || ways.includes(chosen)
      ? []
      : [`--credential "${chosen}" is none for ${typeIn(said)}: it takes ${ways.join(', or ')}`];
  },
  guess(said) {
    return said.type === undefined ? this.corrected?.(said) : undefined;
  },
  corrected(said) {
    const name = firstOf(said, 'name') ?? '';
    if (said.type !== undefined) {
      const type = nearest(firstOf(said, 'type') ?? '', notificationTypes.keys());
      return type === undefined ? undefined : { ...said, type: [type] };
    }
    const meant = notificationTypes.has(name) ? undefined : nearest(name, notificationTypes.keys());
    return meant === undefined ? undefined : { ...said, name: [meant] };
  },
  edits(said) {
    const [type, team, channel, severity] = ['type', 'team', 'channel', 'severity'].map((id) => firstOf(said, id));
    const name = firstOf(said, 'name') ?? '';
    const { variables } = readVariables(secretFlag, said['secret-env'] ?? []);
    const credential = unusualCredential(typeIn(said), firstOf(said, 'credential'), variables.keys());
    const environments = said.environment ?? [];
    const isUsual = severity === 'error' && rowOf(said)?.sends === 'messages';
    const value = {
      ...(type !== undefined && type !== name && { type }),
      ...(team !== undefined && { team }),
      ...(environments.length > 0 && { environments }),
      ...(channel !== undefined && channel !== '' && { channel }),
      ...(severity !== undefined && !isUsual && { severity }),
      ...(credential !== undefined && { credential }),
    };
    return [{ path: ['notifications', name], value }];
  },
};

function needsChannel(said: SaidOfUnit): boolean {
  const { variables } = readVariables(secretFlag, said['secret-env'] ?? []);
  const credential = unusualCredential(typeIn(said), firstOf(said, 'credential'), variables.keys());
  const row = rowOf(said);
  const way = row?.ways.find(({ keys }) => String(keys) === String(credential)) ?? row?.ways[0];
  return way?.needsChannel === true;
}

function unknownType(type: string, flag: string): string[] {
  if (notificationTypes.has(type)) return [];
  const meant = nearest(type, notificationTypes.keys());
  return [`${flag} "${type}" is no type that Flux has${meant === undefined ? '' : `; did you mean "${meant}"?`}`];
}

function unknownTeam(team: string, model: Model): string[] {
  if (Object.hasOwn(model.teams, team)) return [];
  return [`team "${team}" does not exist; known: ${Object.keys(model.teams).sort().join(', ') || 'none'}`];
}
