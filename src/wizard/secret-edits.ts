import type { ModelEdit } from '../model/edit-model.ts';
import type { Model } from '../model/model.ts';
import { environmentsOf } from '../model/teams.ts';
import { livingEnvironments } from '../model/units.ts';
import { firstOf, type SaidOfUnit } from './addition.ts';
import { declarationIn, declarationPath, followsFromOwner, ownerIn } from './secret-owner.ts';
import { typeIn } from './secret-questions.ts';

/** Where the Secret is to have a file: the environment that is said, or each that has a cluster; none for a cluster's. */
function environmentsIn(said: SaidOfUnit, model: Model): string[] {
  const owner = ownerIn(said);
  if (owner?.kind === 'cluster') return [];
  const one = firstOf(said, 'environment');
  const team = owner?.kind === 'team' ? model.teams[owner.name] : undefined;
  if (one !== undefined) return [one];
  return team === undefined ? livingEnvironments(model) : environmentsOf(model, team);
}

/**
 * What becomes of the model when the Secret that is said gets files with these keys. What is declared already stays and
 * grows; of what follows from how a team works the model says nothing.
 */
export function secretEdits(said: SaidOfUnit, keys: readonly string[], model: Model): ModelEdit[] {
  const [owner, name, namespace] = [ownerIn(said), firstOf(said, 'name'), firstOf(said, 'namespace')];
  if (owner === undefined || name === undefined) return [];
  if (followsFromOwner(model, owner, name)) return [];
  const path = declarationPath(owner, name);
  const before = declarationIn(said, model);
  const isShared = owner.kind !== 'cluster';
  const environments = union(before?.environments, environmentsIn(said, model));
  const allKeys = union(before?.keys, keys);
  if (before !== undefined)
    return [
      ...(isShared ? changed([...path, 'environments'], before.environments, environments) : []),
      ...changed([...path, 'keys'], before.keys, allKeys),
    ];
  const type = typeIn(said, model);
  const value = {
    ...(type !== 'Opaque' && { type }),
    ...(namespace !== undefined && { namespace }),
    ...(isShared && { environments }),
    keys: allKeys,
  };
  return [{ path, value }];
}

function changed(path: ModelEdit['path'], before: readonly string[] = [], after: readonly string[]): ModelEdit[] {
  return String(union(before, [])) === String(after) ? [] : [{ path, value: after }];
}

function union(one: readonly string[] = [], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])].sort();
}
