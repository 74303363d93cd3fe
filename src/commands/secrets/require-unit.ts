import { type ExpectedError, usageError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { inOrder } from '../../model/units.ts';
import { nearest } from '../../nearest.ts';

/** Refuses a cluster that the model does not have. @throws ExpectedError (exit 2) */
export function requireCluster(model: Model, name: string): void {
  if (!Object.hasOwn(model.clusters, name)) throw unknown('cluster', name, namesIn(model.clusters));
}

/** Refuses an environment that the model does not have. @throws ExpectedError (exit 2) */
export function requireEnvironment(model: Model, name: string): void {
  if (!Object.hasOwn(model.environments, name)) throw unknown('environment', name, namesIn(model.environments));
}

function namesIn(map: Record<string, unknown>): string[] {
  return inOrder(map).map(([name]) => name);
}

function unknown(noun: string, name: string, known: readonly string[]): ExpectedError {
  const meant = nearest(name, known);
  return usageError(`there is no ${noun} ${name}`, {
    why: [`flux-repo.yaml knows ${known.join(', ')}.`],
    ...(meant !== undefined && { hint: `Did you mean ${meant}?` }),
  });
}
