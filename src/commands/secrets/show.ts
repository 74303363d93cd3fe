import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { printable } from '../../cli/printable.ts';
import { npx } from '../../cli/program.ts';
import type { SecretsShowOptions } from '../../cli/secrets/show-command.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { usageError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import { type DecryptedFile, decryptFile } from '../../secrets/format/decrypt-file.ts';
import { pathText } from '../../secrets/format/format-error.ts';
import { keyPlace } from '../../secrets/values/key-place.ts';
import { bytesOf, valueOfBytes } from '../../secrets/values/secret-value.ts';
import { openRepository } from '../open-repository.ts';
import { findKeys } from './opened.ts';
import { type SecretFile, secretFile } from './secret-file.ts';
import { targetWords } from './target-words.ts';

/** Shows plain text: on a terminal, elsewhere only when it is forced. */
export async function show(io: Io, options: SecretsShowOptions): Promise<Outcome> {
  refuseElsewhere(io, options);
  const repository = await openRepository(io, { directory: options.directory, readOnly: true });
  const file = await secretFile(io, repository, options.target);
  const keys = await findKeys(io, repository, options.keysDirectory);
  const decrypted = await keys.open(file, (identities) => decryptFile(file.source, identities));
  const onTerminal = io.stdout.isTTY === true;
  const { text, values } =
    options.key === undefined ? wholeFile(decrypted) : oneValue(file, decrypted, options.key, onTerminal);
  return {
    changes: [],
    steps: [],
    problems: keys.warnings,
    nextSteps: [],
    result: { file: file.path, values },
    text: onTerminal ? shownOnTerminal(text) : text,
  };
}

/** @throws ExpectedError `not-a-terminal` (exit 2) before anything is decrypted */
function refuseElsewhere(io: Io, { force, json, target, key }: SecretsShowOptions): void {
  if (force || (io.stdout.isTTY === true && !json)) return;
  const words = ['secrets', 'show', target.file, ...(key === undefined ? [] : [key]), ...targetWords(target)];
  throw usageError(`cannot show values ${json ? 'as JSON' : 'where there is no terminal'} unless it is forced`, {
    code: 'not-a-terminal',
    why: ['What goes into a file or a log stays there in plain text.'],
    hint: `${npx} ${shellCommand([...words, ...(json ? ['--json'] : []), '--force'])}`,
  });
}

function wholeFile({ text, values }: DecryptedFile): Shown {
  const entries = values.map(({ path, value }) => [pathText(path), value.reveal()]);
  return { text: text.reveal(), values: Object.fromEntries(entries) };
}

interface Shown {
  text: string;
  /** By path. */
  values: Record<string, string>;
}

/** Exactly its bytes, for a pipe; on a terminal with a line end, and below `data` decoded if it is text then. */
function oneValue({ path, source }: SecretFile, { values }: DecryptedFile, key: string, onTerminal: boolean): Shown {
  const place = keyPlace(source, key);
  const wanted = pathText(place.path);
  const found = values.find((each) => each.document === 0 && pathText(each.path) === wanted);
  if (found === undefined) {
    const names = values.map((each) => (place.key === undefined ? pathText(each.path) : String(each.path[1])));
    const meant = nearest(place.key ?? wanted, names);
    throw usageError(`${path} has no encrypted value ${place.key ?? wanted}`, {
      code: 'sops-no-such-key',
      hint: meant === undefined ? `it has: ${names.join(', ')}` : `did you mean ${meant}?`,
    });
  }
  const value = { text: found.value, isBinary: false };
  const decoded = place.isEncoded ? valueOfBytes(bytesOf({ ...value, isBinary: true })) : value;
  const text = decoded.text.reveal();
  return { text: onTerminal && !text.endsWith('\n') ? `${text}\n` : text, values: { [wanted]: text } };
}

/** Control characters in a value would act on the terminal. */
function shownOnTerminal(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\t').map(printable).join('\t'))
    .join('\n');
}
