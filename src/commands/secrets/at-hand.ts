import type { Io } from '../../cli/io.ts';
import type { Model } from '../../model/model.ts';
import { type FoundIdentities, findIdentities } from '../../secrets/find-identities.ts';

/** The private keys of the person, for a repository. @param flag `--keys-dir` */
export function identitiesAtHand(io: Io, model: Model, flag: string | undefined): Promise<FoundIdentities> {
  const { env, cwd, home, platform } = io;
  return findIdentities({ flag, env, cwd, home, platform }, { repository: model.repository.name, id: model.id });
}
