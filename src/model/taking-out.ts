import type { ModelEdit } from './edit-model.ts';
import type { Model } from './model.ts';

type Path = ModelEdit['path'];

/** How deep a unit's own entry is: `apps`, its name. */
const unitDepth = 2;

/** The edit that takes an entry out, together with the maps that it would leave empty; a unit's own entry stays. */
export function takingOut(model: Model, path: Path): ModelEdit {
  const [section, ...keys] = path;
  const parent: Path = [section, ...keys.slice(0, -1)];
  const isUnit = path.length > unitDepth && parent.length <= unitDepth;
  const siblings = keys.length === 0 || isUnit ? undefined : valueAt(model, parent);
  const isLast = siblings !== undefined && Object.keys(siblings).every((key) => key === keys.at(-1));
  return isLast ? takingOut(model, parent) : { path, value: undefined };
}

function valueAt(model: Model, path: Path): object | undefined {
  const found = path.reduce<unknown>((map, key) => new Map(Object.entries(map ?? {})).get(key), model);
  return typeof found === 'object' && found !== null ? found : undefined;
}
