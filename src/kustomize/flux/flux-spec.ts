import { fieldOf, type JsonObject, type JsonValue } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';
import type { Building } from '../building.ts';
import { decodeKustomization } from '../loading/decode-kustomization.ts';
import type { ImageEntry, Kustomization } from '../loading/kustomization.ts';
import type { KustomizationFile } from '../loading/kustomization-file.ts';
import { kindAt } from '../loading/read-text.ts';
import { resolvePath } from '../loading/resolve-path.ts';
import type { Origin } from '../resource.ts';

/** A kustomization with what the spec of a Flux Kustomization adds to it or puts in place of its own. */
export function withFluxSpec(
  building: Building,
  kustomization: KustomizationFile,
  spec: JsonObject,
  owner: Origin,
): KustomizationFile {
  const own = kustomization.spec;
  const added = decodeKustomization(asKustomization(spec), owner.file, false);
  const components = (added.components ?? []).filter((path) => isWanted(building, kustomization, spec, path));
  return {
    ...kustomization,
    addedBy: { owner, own: { patches: own.patches?.length ?? 0, components: own.components?.length ?? 0 } },
    spec: {
      ...own,
      ...replacing(added),
      patches: [...(own.patches ?? []), ...(added.patches ?? [])],
      components: [...(own.components ?? []), ...components],
      images: joinedImages(own.images ?? [], added.images ?? []),
    },
  };
}

function asKustomization(spec: JsonObject): JsonObject {
  const fields: JsonObject = {};
  for (const field of ['patches', 'images', 'components', 'namePrefix', 'nameSuffix', 'buildMetadata']) {
    const value: JsonValue | undefined = fieldOf(spec, field);
    if (value !== undefined) fields[field] = value;
  }
  const namespace = fieldOf(spec, 'targetNamespace');
  return namespace === undefined ? fields : { ...fields, namespace };
}

function replacing({ namespace, namePrefix, nameSuffix, buildMetadata }: Kustomization): Kustomization {
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(namePrefix === undefined ? {} : { namePrefix }),
    ...(nameSuffix === undefined ? {} : { nameSuffix }),
    ...(buildMetadata?.length ? { buildMetadata } : {}),
  };
}

function isWanted(building: Building, { folder }: KustomizationFile, spec: JsonObject, path: string): boolean {
  const target = resolvePath(folder, path);
  if (path.startsWith('/') || path.includes('://')) {
    const hint = 'Write it relative to spec.path.';
    throw new BuildFailure('outside', `the component ${path} is not local and relative`, hint);
  }
  const isThere = target !== undefined && (target === '' || kindAt(building.tree, target) !== undefined);
  return isThere || spec.ignoreMissingComponents !== true;
}

/** An image of the same name takes over what is new; a tag and a digest replace both of the old ones. */
function joinedImages(own: readonly ImageEntry[], added: readonly ImageEntry[]): ImageEntry[] {
  const images = [...own];
  for (const { name = '', newName, newTag, digest } of added) {
    const index = images.findIndex((image) => image.name === name);
    const old = images[index];
    const version = { newTag: newTag ?? '', digest: digest ?? '' };
    if (old === undefined) images.push({ name, newName: newName ?? '', ...version });
    else images[index] = { ...old, ...(newName ? { newName } : {}), ...(newTag || digest ? version : {}) };
  }
  return images;
}
