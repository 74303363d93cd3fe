import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import type { SecretsSetOptions } from '../../cli/secrets/set-command.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { usageError } from '../../errors.ts';
import { changeValues } from '../../secrets/format/change-values.ts';
import { verifyFile } from '../../secrets/format/decrypt-file.ts';
import { pathText } from '../../secrets/format/format-error.ts';
import { Secret } from '../../secrets/secret.ts';
import { checkSize, keyFault } from '../../secrets/values/check-values.ts';
import { changesFor, keyPlace } from '../../secrets/values/key-place.ts';
import { readStdin, readValueFile } from '../../secrets/values/read-value-file.ts';
import type { SecretValue } from '../../secrets/values/secret-value.ts';
import { askHidden } from '../../wizard/ask-values.ts';
import { openRepository } from '../open-repository.ts';
import { changeFile } from './change-file.ts';
import { findKeys } from './opened.ts';
import { secretFile } from './secret-file.ts';

/** Sets one value of an encrypted file; the others keep their ciphertext. */
export async function set(io: Io, options: SecretsSetOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  const file = await secretFile(io, repository, options.target);
  const { path, source } = file;
  const place = keyPlace(source, options.key);
  const fault = place.key === undefined ? undefined : keyFault(place.key);
  if (fault !== undefined) throw usageError(`cannot set this key in ${path}: ${fault}`, { code: 'secret-key' });
  const keys = await findKeys(io, repository, options.keysDirectory);
  // nobody is asked for a value that could not be set then
  await keys.open(file, (identities) => verifyFile(source, identities));
  const value = await takeValue(io, options, shellCommand(['secrets', 'set', path, options.key]));
  checkSize(path, new Map([[options.key, value]]));
  const changes = changesFor(place, value, source);
  const text = await keys.open(file, (identities) => changeValues(source, changes, { identities, now: new Date() }));
  const key = place.key ?? pathText(place.path);
  return changeFile(
    io,
    repository,
    {
      file,
      text,
      same: `${key} in ${path} has that value already`,
      warnings: keys.warnings,
      title: `Set ${key} in ${path}`,
      done: `Set ${key} in ${path}`,
      words: ['secrets', 'set', path, options.key, '--from-file', options.fromFile ?? 'FILE'],
    },
    options,
  );
}

/** From the file that is named, from stdin where it is no terminal, or from the person. */
async function takeValue(io: Io, { key, fromFile }: SecretsSetOptions, command: string): Promise<SecretValue> {
  if (fromFile !== undefined) return readValueFile({ key, path: fromFile }, io.cwd);
  if (io.interactive) {
    const asked = await askHidden(io, key, '--from-file FILE');
    if (asked !== undefined) return asked;
  }
  const sent = io.stdin.isTTY === true ? undefined : await readStdin(io.stdin);
  if (sent !== undefined && sent.text.reveal() !== '') return withoutLineEnd(sent);
  throw usageError(`no value for ${key}${sent === undefined ? '' : ': stdin is empty'}`, {
    code: 'missing-values',
    why: ['It comes out of a file, from stdin, or from a prompt when neither --yes nor --json is given.'],
    hint: `${npx} ${command} --from-file FILE`,
  });
}

/** `echo` and most programs end their output with one that nobody means. */
function withoutLineEnd(value: SecretValue): SecretValue {
  return value.isBinary ? value : { ...value, text: new Secret(value.text.reveal().replace(/\r?\n$/, '')) };
}
