import { usageError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import type { KeyRotation, RotationScope } from '../../secrets/rotation/key-rotation.ts';
import { requireCluster, requireEnvironment } from './require-unit.ts';
import { command } from './rotation-words.ts';

/** Refuses a scope that has no key of its own. @throws ExpectedError (exit 2) */
export function refuseUnknownScope(model: Model, scope: RotationScope, keys: readonly KeyRotation[]): void {
  if (scope.kind === 'cluster') requireCluster(model, scope.name);
  if (scope.kind === 'environment') requireEnvironment(model, scope.name);
  if (keys.length > 0) return;
  if (scope.kind !== 'cluster')
    throw usageError('there is no key to rotate', { why: ['No cluster is in this environment.'] });
  const environment = model.clusters[scope.name]?.environment ?? '';
  throw usageError(`cluster ${scope.name} has no key of its own`, {
    why: [`It reads with the key of environment ${environment} (secrets.keyScope: environment).`],
    hint: command('secrets', 'rotate', '--environment', environment),
  });
}
