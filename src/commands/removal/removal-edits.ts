import type { ModelEdit } from '../../model/edit-model.ts';
import type { Model } from '../../model/model.ts';
import { takingOut } from '../../model/taking-out.ts';
import { addables } from '../../wizard/addables.ts';
import type { RemovalSubject } from './removal-subject.ts';

/**
 * What a phase does to a model.
 * @param model that is to get the edits: one from which the unit was taken by hand gets it back until the last phase
 */
export function removalEdits(
  { noun, name, removal, next, crds, ...subject }: RemovalSubject,
  model: Model,
): ModelEdit[] {
  const { map } = addables[noun];
  if (next === undefined) {
    const isThere = Object.hasOwn(model[map], name);
    return [...removal.references(model, name), ...(isThere ? [takingOut(model, [map, name])] : [])];
  }
  const removing = { phase: next.phase, ...(crds && { crds }) };
  return Object.hasOwn(model[map], name)
    ? [{ path: [map, name, 'removing'], value: removing }]
    : [{ path: [map, name], value: { ...subject.model[map][name], removing } }];
}
