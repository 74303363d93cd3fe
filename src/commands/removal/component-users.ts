import { catalogue } from '../../catalogue/catalogue.ts';
import { type CheckedRepository, type ClusterObject, distinctObjects } from '../../check/checked-repository.ts';
import type { Place } from '../../check/source-files.ts';
import type { Model } from '../../model/model.ts';
import { inOrder } from '../../model/units.ts';
import { groupOf } from '../../schema/scope-of.ts';
import { itemsAt, textAt, valueAt } from '../../yaml/value-at.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';

/** An object that does nothing any more without a component. */
export interface ComponentUser {
  /** `Kind/namespace/name`. */
  object: string;
  /** In a sentence: `attaches to its Gateway`. */
  does: string;
  place: Required<Place>;
}

/** Its routes name Gateways, and Gateways a class: https://gateway-api.sigs.k8s.io/reference/spec/ */
const gatewayGroup = 'gateway.networking.k8s.io';

/**
 * Finds who uses a component, besides its own Kustomizations: objects of API groups that it alone brings, what asks for
 * them by an annotation of such a group, and routes and Gateways of what it makes.
 *
 * @param repository whole, with every cluster built
 * @returns each object once, in the order of the clusters
 */
export function componentUsers(repository: CheckedRepository, model: Model, component: string): ComponentUser[] {
  const own = new Set([component, `${component}-config`, `${component}-crds`]);
  const isOwn = ({ owner }: ClusterObject) => owner.namespace === 'flux-system' && own.has(owner.name);
  const objects = distinctObjects(repository);
  const made = new Set(objects.filter(isOwn).map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`));
  const groups = groupsOfOnly(objects, isOwn, model, component);
  const users = new Map<string, ComponentUser>();
  for (const object of objects) {
    const use = isOwn(object) ? undefined : useOf(object, groups, made);
    if (use === undefined) continue;
    const place = object.placeOf(use.path);
    users.set(`${object.id} ${place.file}:${place.line}`, { object: object.id, does: use.does, place });
  }
  return [...users.values()];
}

/** API groups that nothing else brings: neither another component nor a CRD of somebody's own. */
function groupsOfOnly(
  objects: readonly ClusterObject[],
  isOwn: (object: ClusterObject) => boolean,
  model: Model,
  component: string,
): Set<string> {
  const groups = new Set(catalogue.get(component)?.crdGroups);
  for (const [other, { removing }] of inOrder(model.components))
    if (other !== component && removing === undefined)
      for (const group of catalogue.get(other)?.crdGroups ?? []) groups.delete(group);
  for (const crd of objects)
    if (crd.kind === 'CustomResourceDefinition' && !isOwn(crd))
      groups.delete(textAt(crd.value, ['spec', 'group']) ?? '');
  return groups;
}

function useOf(
  object: ClusterObject,
  groups: ReadonlySet<string>,
  made: ReadonlySet<string>,
): { does: string; path: YamlPath } | undefined {
  const group = groupOf(object.apiVersion);
  if (groups.has(group)) return { does: `is of ${group}, which only it brings`, path: ['kind'] };
  const asking = Object.keys(valueAt(object.value, ['metadata', 'annotations']) ?? {});
  const key = asking.find((each) => groups.has(each.split('/')[0] ?? ''));
  if (key !== undefined) return { does: `asks it by ${key}`, path: ['metadata', 'annotations', key] };
  if (group !== gatewayGroup) return undefined;
  const gatewayClass = `GatewayClass//${textAt(object.value, ['spec', 'gatewayClassName'])}`;
  if (object.kind === 'Gateway' && made.has(gatewayClass))
    return { does: 'is run by it', path: ['spec', 'gatewayClassName'] };
  const at = itemsAt(object.value, ['spec', 'parentRefs']).findIndex((parent) => {
    const [kind, namespace] = [textAt(parent, ['kind']) ?? 'Gateway', textAt(parent, ['namespace'])];
    return made.has(`${kind}/${namespace ?? object.namespace}/${textAt(parent, ['name'])}`);
  });
  return at === -1 ? undefined : { does: 'attaches to its Gateway', path: ['spec', 'parentRefs', at] };
}
