import type { ModelEdit } from '../../model/edit-model.ts';
import type { Model, Team } from '../../model/model.ts';
import { takingOut } from '../../model/taking-out.ts';
import { inOrder } from '../../model/units.ts';
import type { Removal } from './removal.ts';

/** Its overlays went with its last cluster: what is left is in the model only. */
export const environmentRemoval: Removal = {
  phases: () => [],
  rest: 'its settings',
  clusters: () => [],
  traces: () => [],
  references: (model, name) => [
    ...differing(model, name),
    ...listing(model, 'teams', name),
    ...listing(model, 'notifications', name),
    ...secretsThere(model, name),
  ],
  folders: (_, name) => ['infrastructure', 'apps', 'tenants'].map((root) => `${root}/overlays/${name}`),
  warnings: () => [],
  lastSteps: () => [],
};

function differing(model: Model, name: string): ModelEdit[] {
  return (['components', 'apps'] as const).flatMap((map) =>
    inOrder(model[map]).flatMap(([unit, { environments = {} }]) =>
      Object.hasOwn(environments, name) ? [takingOut(model, [map, unit, 'environments', name])] : [],
    ),
  );
}

/** What names the environments it is in. */
function listing(model: Model, map: 'teams' | 'notifications', name: string): ModelEdit[] {
  return inOrder<Pick<Team, 'environments'>>(model[map]).flatMap(([unit, { environments = [] }]) =>
    environments.includes(name)
      ? [{ path: [map, unit, 'environments'], value: environments.filter((other) => other !== name) }]
      : [],
  );
}

/** A Secret that would be made nowhere is not declared any more. */
function secretsThere(model: Model, name: string): ModelEdit[] {
  return (['components', 'apps', 'teams'] as const).flatMap((map) =>
    inOrder<Pick<Team, 'secrets'>>(model[map]).flatMap(([unit, { secrets }]) =>
      inOrder(secrets).flatMap(([secret, { environments }]): ModelEdit[] => {
        if (!environments.includes(name)) return [];
        const left = environments.filter((other) => other !== name);
        if (left.length === 0) return [takingOut(model, [map, unit, 'secrets', secret])];
        return [{ path: [map, unit, 'secrets', secret, 'environments'], value: left }];
      }),
    ),
  );
}
