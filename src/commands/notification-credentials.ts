import type { Io } from '../cli/io.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { usageError } from '../errors.ts';
import { declaredSecrets } from '../model/declared-secrets.ts';
import type { Model } from '../model/model.ts';
import { namespaceOfNotification } from '../model/notification-place.ts';
import {
  credentialOf,
  environmentsOfNotification,
  type KnownNotification,
  knownNotification,
  notificationSecret,
} from '../model/notifications.ts';
import { strategyOf } from '../model/settings.ts';
import { inOrder } from '../model/units.ts';
import type { Problem } from '../problem.ts';
import { credentialFault, credentialInput } from '../secrets/notification-values.ts';
import { strategies } from '../secrets/strategies/strategies.ts';
import { type SecretValue, textValue } from '../secrets/values/secret-value.ts';
import { webhookPath } from '../secrets/webhook-path.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { type SecretVariables, variableFor } from '../wizard/secret-variables.ts';
import type { NewCredential } from './new-credential.ts';

/** Where values of notifications come from. */
export interface CredentialSources {
  /** Variables of the environment by notification. */
  variables: ReadonlyMap<string, SecretVariables>;
  /** What was read or typed already, by notification and key, and what will be. */
  heard: Map<string, SecretValue>;
  /** The flag that names the variable for a key: `--secret-env`, `token=VARIABLE`. */
  flagFor(name: string, key: string, keys: readonly string[]): readonly [string, string];
  /** The command so far, where it only lacks them. */
  words?: readonly string[];
}

/** Whose values are wanted. */
interface Wanted {
  notification: KnownNotification;
  keys: readonly string[];
}

/**
 * Tokens of webhooks, which nobody has to say: they are made.
 * @param isThere a file in the repository; a Secret that is there keeps its token
 */
export function newReceiverTokens(io: Io, model: Model, isThere: (path: RepoPath) => boolean): NewCredential[] {
  const files = declaredSecrets(model).filter(({ path }) => isThere(path));
  return sealable(model)
    .filter(({ notification: { row, said } }) => row.sends === 'webhook' && said.webhookPath === undefined)
    .filter(({ notification }) => {
      const { owner, secret } = placeOf(notification);
      return !files.some(
        (file) => file.name === secret && file.owner.kind === owner.kind && file.owner.name === owner.name,
      );
    })
    .map(({ notification }) => {
      const token = textValue(Buffer.from(io.randomBytes(32)).toString('hex'));
      const { name } = notification;
      const path = webhookPath(token.text, { name, namespace: namespaceOfNotification(model, notification.said) });
      const edits = [{ path: ['notifications', name, 'webhookPath'] as const, value: path }];
      return { ...placeOf(notification), values: new Map([['token', token]]), edits };
    });
}

/**
 * The values of notifications, out of the environment or from prompts.
 * @param names of those that are new
 * @throws ExpectedError (exit 2) with everything that is missing; no value is in it
 */
export async function saidCredentials(
  io: Io,
  model: Model,
  names: readonly string[],
  sources: CredentialSources,
): Promise<NewCredential[]> {
  const wanted = saidByPeople(model, names);
  const problems = [...credentialProblems(io, model, names, sources)];
  if (problems.length > 0)
    throw usageError(problems.length === 1 ? 'a credential is missing' : `${problems.length} credentials are missing`, {
      code: 'missing-values',
      problems,
      hint:
        sources.words === undefined
          ? 'put the value into a variable of the environment, and name that'
          : lacking(wanted, sources.words, sources),
    });
  const credentials: NewCredential[] = [];
  for (const { notification, keys } of wanted) {
    const values = new Map<string, SecretValue>();
    for (const key of keys) values.set(key, await credentialValue(io, notification, keys, key, sources));
    credentials.push({ ...placeOf(notification), values, edits: [] });
  }
  return credentials;
}

/** The command with all of them. */
function lacking(
  wanted: readonly Wanted[],
  words: readonly string[],
  { variables, flagFor }: CredentialSources,
): string {
  const flags = wanted.flatMap(({ notification: { name }, keys }) =>
    keys
      .filter((key) => variableFor(variables.get(name) ?? new Map(), keys, key) === undefined)
      .flatMap((key) => flagFor(name, key, keys)),
  );
  return `${npx} ${shellCommand([...words, ...flags, '--yes'])}`;
}

/** What is missing or cannot be right, without asking anybody. */
export function* credentialProblems(
  { env, interactive }: Pick<Io, 'env' | 'interactive'>,
  model: Model,
  names: readonly string[],
  { variables, heard, flagFor }: CredentialSources,
): Generator<Problem> {
  const problem = (message: string): Problem => ({ rule: 'answer/credential', severity: 'error', message });
  const taking = new Set(saidByPeople(model, names).map(({ notification: { name } }) => name));
  for (const [name, said] of variables) if (said.size > 0 && !taking.has(name)) yield problem(whyNoValue(model, name));
  for (const { notification, keys } of saidByPeople(model, names)) {
    const { name, row } = notification;
    for (const key of (variables.get(name) ?? new Map()).keys())
      if (key === '' ? keys.length > 1 : !keys.includes(key))
        yield problem(
          key === ''
            ? `${name} needs several values: ${keys.map((each) => flagFor(name, each, keys).join(' ')).join(', ')}`
            : `${row.title} has no ${key}: it needs ${keys.join(', ')}`,
        );
    for (const key of keys) {
      const variable = variableFor(variables.get(name) ?? new Map(), keys, key);
      const value = variable === undefined ? undefined : env[variable];
      if (heard.has(`${name}.${key}`)) continue;
      if (variable === undefined && !interactive)
        yield problem(`${flagFor(name, key, keys).join(' ')} is missing: the ${key} of ${row.title}`);
      if (variable !== undefined && value === undefined)
        yield problem(`variable ${variable}, for the ${key} of ${name}, is not set`);
      const fault = value === undefined ? undefined : credentialFault(notification, key, value);
      if (fault !== undefined) yield problem(`variable ${variable}, for the ${key} of ${name}, ${fault}`);
    }
  }
}

/** Why no value is taken for a notification. */
function whyNoValue(model: Model, name: string): string {
  const said = Object.hasOwn(model.notifications, name) ? model.notifications[name] : undefined;
  if (said === undefined) return `a variable is for notification "${name}", and there is none`;
  if (strategies[strategyOf(model)].seal === undefined)
    return `a variable is for ${name}: with strategy ${strategyOf(model)} values do not pass through here, leave it out`;
  const isMade = knownNotification(name, said)?.row.sends === 'webhook';
  return `a variable is for ${name}, which ${isMade ? 'gets a token that is made here' : 'needs no value here'}: leave it out`;
}

async function credentialValue(
  io: Io,
  notification: KnownNotification,
  keys: readonly string[],
  key: string,
  { variables, heard }: CredentialSources,
): Promise<SecretValue> {
  const id = `${notification.name}.${key}`;
  const variable = variableFor(variables.get(notification.name) ?? new Map(), keys, key);
  const inEnvironment = variable === undefined ? undefined : io.env[variable];
  const known = heard.get(id) ?? (inEnvironment === undefined ? undefined : textValue(inEnvironment.trim()));
  if (known !== undefined) return known;
  const { askCredential } = await import('../wizard/ask-values.ts');
  const value = await askCredential(io, credentialInput(notification, key), (text) =>
    credentialFault(notification, key, text),
  );
  heard.set(id, value);
  return value;
}

function saidByPeople(model: Model, names: readonly string[]): Wanted[] {
  return sealable(model).filter(({ notification: { name, row } }) => row.sends !== 'webhook' && names.includes(name));
}

/** Those with a Secret that has a file, and a strategy to which values are given. */
function sealable(model: Model): Wanted[] {
  if (strategies[strategyOf(model)].seal === undefined) return [];
  return inOrder(model.notifications)
    .flatMap(([name, said]) => knownNotification(name, said) ?? [])
    .filter(({ said }) => environmentsOfNotification(model, said).length > 0)
    .map((notification) => ({ notification, keys: credentialOf(model, notification) }))
    .filter(({ keys }) => keys.length > 0);
}

/** A team's Secret is among those of the team. */
function placeOf({ name, said: { team } }: KnownNotification): Pick<NewCredential, 'owner' | 'secret'> {
  const owner = team === undefined ? { kind: 'notification' as const, name } : { kind: 'team' as const, name: team };
  return { owner, secret: notificationSecret(name) };
}
