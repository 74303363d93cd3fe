import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import type { SecretsUnsetOptions } from '../../cli/secrets/unset-command.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { usageError } from '../../errors.ts';
import { changeValues } from '../../secrets/format/change-values.ts';
import { verifyFile } from '../../secrets/format/decrypt-file.ts';
import { pathText } from '../../secrets/format/format-error.ts';
import { keyPlace, keysOf } from '../../secrets/values/key-place.ts';
import { openRepository } from '../open-repository.ts';
import { changeFile } from './change-file.ts';
import { findKeys } from './opened.ts';
import { type SecretFile, secretFile } from './secret-file.ts';

/** Takes one key out of an encrypted file; the other values keep their ciphertext. */
export async function unset(io: Io, options: SecretsUnsetOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  const file = await secretFile(io, repository, options.target);
  const { path, source } = file;
  const place = keyPlace(source, options.key);
  const keys = await findKeys(io, repository, options.keysDirectory);
  await keys.open(file, (identities) => verifyFile(source, identities));
  if (place.key !== undefined) refuseLast(file, place.key);
  const how = { now: new Date() };
  const text = await keys.open(file, (identities) =>
    changeValues(source, [{ path: place.path }], { ...how, identities }),
  );
  const key = place.key ?? pathText(place.path);
  return changeFile(
    io,
    repository,
    {
      file,
      text,
      same: `${path} has no ${key}`,
      warnings: keys.warnings,
      title: `Take ${key} out of ${path}`,
      done: `Took ${key} out of ${path}`,
      words: ['secrets', 'unset', path, options.key],
    },
    options,
  );
}

/** @throws ExpectedError `secret-last-key`: a Secret without keys is none that anybody wants */
function refuseLast({ path, source, declared }: SecretFile, key: string): void {
  const keys = keysOf(source);
  if (keys.length !== 1 || keys[0] !== key) return;
  const place = declared?.environment === undefined ? [] : ['--environment', declared.environment];
  throw usageError(`cannot take ${key} out of ${path}: it is the only key`, {
    code: 'secret-last-key',
    hint:
      declared === undefined
        ? 'delete the file'
        : `to delete the Secret: ${npx} ${shellCommand(['secrets', 'delete', declared.name, `--${declared.owner.kind}`, declared.owner.name, ...place])}`,
  });
}
