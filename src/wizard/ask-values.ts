import type { Io } from '../cli/io.ts';
import { shellQuote } from '../cli/shell-quote.ts';
import { ExpectedError } from '../errors.ts';
import type { SecretType } from '../model/secret-fields.ts';
import { type SecretInput, secretTypeRows } from '../secrets/secret-types.ts';
import { readValueFile } from '../secrets/values/read-value-file.ts';
import { type SecretValue, type SecretValues, textValue } from '../secrets/values/secret-value.ts';
import { type Prompts, terminalPrompts } from './prompts.ts';

/** What to ask for, and what is there already. */
interface WantedValues {
  type: SecretType;
  keys: readonly string[];
  given: SecretValues;
}

/** Asks a person for each value that is not there: secret ones unseen, keys of many lines by the name of their file. */
export async function askValues(io: Io, { type, keys, given }: WantedValues): Promise<Map<string, SecretValue>> {
  const { inputs, insteadOfInputs } = secretTypeRows[type];
  const isWhole = insteadOfInputs !== undefined && given.has(insteadOfInputs);
  const known = inputs.map(({ key }) => key);
  const others = keys.filter((key) => !known.includes(key) && !(key === insteadOfInputs && inputs.length > 0));
  const prompts = terminalPrompts(io);
  const values = new Map<string, SecretValue>();
  for (const input of [...(isWhole ? [] : inputs), ...others.map(hiddenInput)]) {
    if (given.has(input.key)) continue;
    const value = await askValue(io, prompts, input);
    if (value !== undefined) values.set(input.key, value);
  }
  return values;
}

/** Asks for one value, unseen. @param fromFile the flag that takes it out of a file instead */
export async function askHidden(io: Io, key: string, fromFile: string): Promise<SecretValue | undefined> {
  return askValue(io, terminalPrompts(io), hiddenInput(key), fromFile);
}

/**
 * Asks for one value of a credential, unseen, or by the name of its file.
 * @param fault why a text cannot be it
 */
export async function askCredential(
  io: Io,
  input: SecretInput,
  fault: (text: string) => string | undefined,
): Promise<SecretValue> {
  const prompts = terminalPrompts(io);
  const judged = (text: string) => {
    const found = fault(text);
    return found === undefined ? undefined : `It ${found}`;
  };
  for (;;) {
    if (input.kind !== 'file') {
      const severalLines = 'Those were several lines, none was taken. It is one line';
      const typed = await prompts.password({ message: input.message, validate: judged, severalLines });
      return textValue(typed.reveal().trim());
    }
    const value = await askValue(io, prompts, input);
    const found = value === undefined ? 'It is needed' : judged(value.text.reveal());
    if (value !== undefined && found === undefined) return value;
    prompts.warn(found ?? '');
  }
}

function hiddenInput(key: string): SecretInput {
  return { key, message: `Value of ${key}?`, kind: 'hidden' };
}

async function askValue(
  io: Io,
  prompts: Prompts,
  input: SecretInput,
  fromFile = `--from-file ${shellQuote(`${input.key}=FILE`)}`,
): Promise<SecretValue | undefined> {
  const { key, message, kind, isOptional, usual } = input;
  const needed = (text: string) => (text === '' && !isOptional && usual === undefined ? 'It is needed' : undefined);
  if (kind === 'hidden') {
    const severalLines = `Those were several lines, none was taken. Leave with Ctrl-C and use ${fromFile}`;
    const text = await prompts.password({ message, validate: needed, severalLines });
    return { text, isBinary: false };
  }
  if (kind === 'text') {
    const text = await prompts.text({ message, usual, validate: needed });
    return text === '' ? undefined : textValue(text);
  }
  const read = (path: string) => readValueFile({ key, path: path.trim() }, io.cwd);
  const path = await prompts.text({
    message,
    validate: (text) => needed(text) ?? (text === '' ? undefined : fault(read(text))),
  });
  return path === '' ? undefined : read(path);
}

async function fault(reading: Promise<SecretValue>): Promise<string | undefined> {
  try {
    await reading;
    return undefined;
  } catch (error) {
    if (error instanceof ExpectedError) return [error.message, ...error.why].join(': ');
    throw error;
  }
}
