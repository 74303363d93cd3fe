import type { Io } from '../../cli/io.ts';
import { ExpectedError } from '../../errors.ts';
import { recipientNames } from '../../model/recipient-names.ts';
import type { Problem } from '../../problem.ts';
import { findIdentities } from '../../secrets/find-identities.ts';
import { inspectFile } from '../../secrets/format/inspect-file.ts';
import { noIdentity } from '../../secrets/no-identity.ts';
import type { Secret } from '../../secrets/secret.ts';
import type { OpenRepository } from '../open-repository.ts';
import type { SecretFile } from './secret-file.ts';

/** The private keys that are at hand, and work with them that says who could help where none fits. */
export interface Opener {
  /** About key files: unsafe modes, what could not be used. */
  warnings: readonly Problem[];
  /** @throws ExpectedError `no-identity`, and what the work throws */
  open<Result>(file: SecretFile, work: (identities: readonly Secret[]) => Promise<Result>): Promise<Result>;
}

/**
 * Looks for private keys once.
 *
 * @param keysDirectory `--keys-dir`, as typed
 */
export async function findKeys(
  io: Io,
  { model }: Pick<OpenRepository, 'model'>,
  keysDirectory: string | undefined,
): Promise<Opener> {
  const owner = { repository: model.repository.name, id: model.id };
  const found = await findIdentities({ ...io, flag: keysDirectory }, owner);
  const identities = found.identities.map(({ secret }) => secret);
  return {
    warnings: found.warnings,
    async open({ path, source }, work) {
      try {
        return await work(identities);
      } catch (error) {
        if (!(error instanceof ExpectedError) || !['sops-no-identity', 'sops-wrong-identity'].includes(error.code))
          throw error;
        const { recipients } = await inspectFile(source);
        throw noIdentity({ file: path, recipients, names: recipientNames(model), found });
      }
    },
  };
}
