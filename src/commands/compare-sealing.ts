import type { Io } from '../cli/io.ts';
import type { Model } from '../model/model.ts';
import type { Plan } from '../plan/plan.ts';
import { type Comparing, compareUnits } from './compare-units.ts';
import { type NewCredential, sealCredentials } from './new-credential.ts';
import type { OpenRepository } from './open-repository.ts';
import { plannedReader } from './planned-reader.ts';

/**
 * As `compareUnits`, with new credentials in the same plan. It plans without them first: who is to read them may
 * follow from the plan itself.
 * @param model as it will be
 */
export async function compareSealing(
  io: Io,
  repository: OpenRepository,
  comparing: Comparing,
  { model, credentials }: { model: Model; credentials: readonly NewCredential[] },
): Promise<Plan> {
  const bare = await compareUnits(io, repository, comparing);
  if (credentials.length === 0) return bare;
  const read = plannedReader(repository.tree, bare);
  const sealed = await sealCredentials(credentials, { model, read });
  return compareUnits(io, repository, { ...comparing, sealed: new Map([...(comparing.sealed ?? []), ...sealed]) });
}
