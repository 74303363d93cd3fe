import type { Building } from '../building.ts';
import type { KustomizationFile } from '../loading/kustomization-file.ts';
import type { ResourceMap } from '../resource.ts';

/**
 * One step of a kustomization over its objects, which it changes in place.
 * What makes kustomize fail becomes a problem of the building, or is thrown as BuildFailure.
 */
export type Transformer = (building: Building, kustomization: KustomizationFile, map: ResourceMap) => void;
