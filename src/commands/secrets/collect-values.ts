import { resolve } from 'node:path';
import type { Io } from '../../cli/io.ts';
import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { type ExpectedError, usageError } from '../../errors.ts';
import type { SecretType } from '../../model/secret-fields.ts';
import { missingInputs, secretTypeRows } from '../../secrets/secret-types.ts';
import { checkValues } from '../../secrets/values/check-values.ts';
import { envLines, quotedKeys } from '../../secrets/values/env-lines.ts';
import { fileSource, readBytes, readStdin, readValueFile } from '../../secrets/values/read-value-file.ts';
import { type SecretValue, type SecretValues, valueOfBytes } from '../../secrets/values/secret-value.ts';
import { valuesText } from '../../secrets/values/values-text.ts';
import type { SaidOfUnit } from '../../wizard/addition.ts';
import { askValues } from '../../wizard/ask-values.ts';

/** What values are wanted, and what was said of where they come from. */
interface ValueRequest {
  /** For errors: `secret db`. */
  what: string;
  type: SecretType;
  /** Keys that must have a value, besides those of the type. */
  keys: readonly string[];
  said: SaidOfUnit;
  /** The answers came on stdin: values cannot. */
  isStdinTaken: boolean;
  /** The command so far, for hints. */
  words: readonly string[];
}

/** Complete values of one Secret, and which of them nobody could read out of a file again. */
export interface CollectedValues {
  values: SecretValues;
  /** Keys as they were asked for, at prompts or on stdin. */
  asked: string[];
  /** What a person should know of what was given. */
  notes: string[];
}

/**
 * Puts the values of a Secret together: files first, then prompts where a person sits, or stdin where it is no terminal.
 * Stdin is read only while a value is missing.
 *
 * @throws ExpectedError (exit 2), no value is in it
 */
export async function collectValues(io: Io, request: ValueRequest): Promise<CollectedValues> {
  const { what, type, said } = request;
  const files = await fromFiles(io, said);
  const isMissing = (given: SecretValues) =>
    missingInputs(type, given).length > 0 || request.keys.some((key) => !given.has(key)) || given.size === 0;
  const rest = isMissing(files) ? await fromElsewhere(io, request, files) : new Map<string, SecretValue>();
  const inputs = new Map([...files, ...rest]);
  if (isMissing(inputs)) throw missing(request, inputs);
  const values = secretTypeRows[type].valuesOf?.(inputs) ?? inputs;
  checkValues(what, type, values);
  return { values, asked: [...rest.keys()], notes: quoteNotes(said, files) };
}

/** A file with a value per key is taken as it is on purpose; lines may have been meant for a shell. */
function quoteNotes(said: SaidOfUnit, files: SecretValues): string[] {
  if (said['from-env-file'] === undefined) return [];
  const own = new Set((said['from-file'] ?? []).map((text) => fileSource(text).key));
  const quoted = quotedKeys(files).filter((key) => !own.has(key));
  if (quoted.length === 0) return [];
  return [
    `The quotes around ${quoted.join(', ')} are part of the value, as with kubectl: take them out of the file if not meant.`,
  ];
}

async function fromFiles(io: Io, said: SaidOfUnit): Promise<Map<string, SecretValue>> {
  const values = new Map<string, SecretValue>();
  const add = (key: string, value: SecretValue) => {
    if (values.has(key)) throw usageError(`key ${JSON.stringify(key)} is given twice`, { code: 'secret-source' });
    values.set(key, value);
  };
  for (const text of said['from-file'] ?? []) {
    const source = fileSource(text);
    add(source.key, await readValueFile(source, io.cwd));
  }
  for (const path of said['from-env-file'] ?? []) {
    const { text, isBinary } = valueOfBytes(await readBytes(resolve(io.cwd, path), 'the file of --from-env-file'));
    if (isBinary) throw notText(path);
    for (const [key, value] of envLines(text.reveal(), { what: path, env: io.env })) add(key, value);
  }
  return values;
}

async function fromElsewhere(
  io: Io,
  request: ValueRequest,
  files: SecretValues,
): Promise<ReadonlyMap<string, SecretValue>> {
  const { type, keys } = request;
  if (io.interactive) return askValues(io, { type, keys, given: files });
  if (io.stdin.isTTY === true) return new Map();
  if (request.isStdinTaken)
    throw usageError('stdin has the answers already: values cannot come on it too', {
      code: 'stdin-taken',
      hint: `keep the answers in a file (--config FILE), or the values (--from-file KEY=FILE)`,
    });
  const { text, isBinary } = await readStdin(io.stdin);
  if (isBinary) throw notText('stdin');
  if (text.reveal().trim() === '') return new Map();
  const values = valuesText(text.reveal(), io.env);
  const twice = [...values.keys()].find((key) => files.has(key));
  if (twice !== undefined)
    throw usageError(`key ${JSON.stringify(twice)} is given twice: in a file and on stdin`, { code: 'secret-source' });
  return values;
}

function notText(what: string): ExpectedError {
  return usageError(`${what} is not UTF-8 text`, { code: 'secret-source', hint: 'use --from-file KEY=FILE for it' });
}

function missing({ what, type, keys, words }: ValueRequest, given: SecretValues) {
  const lacking = [...missingInputs(type, given).map(({ key }) => key), ...keys.filter((key) => !given.has(key))];
  const names = [...new Set(lacking)];
  const flags = (names.length === 0 ? ['KEY'] : names).flatMap((key) => ['--from-file', `${key}=FILE`]);
  return usageError(names.length === 0 ? `${what} has no values` : `${what}: no value for ${names.join(', ')}`, {
    code: 'missing-values',
    why: ['Values come out of files, from stdin (a JSON or YAML map, or KEY=VALUE lines), or from prompts.'],
    hint: `${npx} ${shellCommand([...words, ...flags])}`,
  });
}
