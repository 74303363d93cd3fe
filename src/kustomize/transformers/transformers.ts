import { addAnnotations } from './add-annotations.ts';
import { addLabels } from './add-labels.ts';
import { addPrefix, addSuffix } from './add-name-parts.ts';
import { applyJson6902Patches, applyPatches, applyStrategicPatches } from './apply-patches.ts';
import { replaceValues } from './replace-values.ts';
import { setImages } from './set-images.ts';
import { setNamespace } from './set-namespace.ts';
import { setReplicas } from './set-replicas.ts';
import type { Transformer } from './transformer.ts';

/** In the order in which kustomize runs them, whatever the order in the file. */
export const transformers: readonly Transformer[] = [
  applyStrategicPatches,
  applyPatches,
  setNamespace,
  addPrefix,
  addSuffix,
  addLabels,
  addAnnotations,
  applyJson6902Patches,
  setReplicas,
  setImages,
  replaceValues,
];
