import { ExpectedError } from '../errors.ts';
import { type Model, modelSchema } from '../model/model.ts';
import { modelFromParts } from '../model/model-from-parts.ts';
import { validated } from '../model/read-model.ts';
import { unitLockPath } from '../plan/lock-file.ts';
import type { OpenRepository } from './open-repository.ts';

/**
 * The model as it was applied last, put together from the locks: what the files follow, whatever is edited in
 * `flux-repo.yaml` since.
 * @throws ExpectedError (exit 2) when the locks do not tell
 */
export function lastApplied({ locks }: Pick<OpenRepository, 'locks'>): Model {
  const parts = modelFromParts(locks.values());
  if (parts === undefined) throw unknown([`${unitLockPath('repository')} is not there.`]);
  try {
    return validated(modelSchema, parts, 'what was applied last');
  } catch (error) {
    if (error instanceof ExpectedError) throw unknown(error.problems.map(({ message }) => message));
    throw error;
  }
}

/** The same where it only helps: undefined when the locks do not tell. */
export function appliedIfKnown(repository: Pick<OpenRepository, 'locks'>): Model | undefined {
  try {
    return lastApplied(repository);
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

function unknown(why: readonly string[]): ExpectedError {
  return new ExpectedError({
    code: 'unknown-last-state',
    exitCode: 2,
    message: 'cannot tell what was applied last',
    why: [...why, 'Without it, this change cannot be told from other edits of flux-repo.yaml.'],
    hint: 'git restore .flux-repo, or edit flux-repo.yaml and run apply, which takes all of it',
  });
}
