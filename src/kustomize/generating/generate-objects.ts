import type { JsonObject } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';
import { attempt, type Building, lineAt } from '../building.ts';
import type { GeneratorEntry, GeneratorOptions } from '../loading/kustomization.ts';
import type { KustomizationFile } from '../loading/kustomization-file.ts';
import type { Resource, ResourceMap } from '../resource.ts';
import { absorb } from './absorb.ts';
import { dataOf } from './data-of.ts';

/** Adds what `configMapGenerator` and `secretGenerator` make. */
export function generateObjects(building: Building, kustomization: KustomizationFile, map: ResourceMap): void {
  const { spec, file } = kustomization;
  for (const field of ['configMapGenerator', 'secretGenerator'] as const)
    for (const [index, entry] of (spec[field] ?? []).entries()) {
      const path = [field, index];
      attempt(building, { file, path }, () => {
        const made = generated(building, kustomization, entry, field === 'secretGenerator');
        made.origins.push({
          file,
          document: 0,
          get line() {
            return lineAt(building, { file, path });
          },
        });
        absorb(map, made);
      });
    }
}

function generated(
  building: Building,
  kustomization: KustomizationFile,
  entry: GeneratorEntry,
  isSecret: boolean,
): Resource {
  if (!entry.name) throw new BuildFailure('generator', 'a generator has no name', 'Add name: to it.');
  const options = joined(kustomization.spec.generatorOptions, entry.options);
  const metadata: JsonObject = { name: entry.name };
  if (entry.namespace) metadata.namespace = entry.namespace;
  if (Object.keys(options.labels ?? {}).length > 0) metadata.labels = { ...options.labels };
  if (Object.keys(options.annotations ?? {}).length > 0) metadata.annotations = { ...options.annotations };
  return {
    value: {
      apiVersion: 'v1',
      kind: isSecret ? 'Secret' : 'ConfigMap',
      metadata,
      ...(isSecret ? { type: entry.type || 'Opaque' } : {}),
      ...dataOf(building, kustomization, entry, isSecret),
      ...(options.immutable ? { immutable: true } : {}),
    },
    origins: [],
    previous: [],
    prefixes: [],
    suffixes: [],
    needsHash: !options.disableNameSuffixHash,
    ...(entry.behavior ? { behavior: entry.behavior } : {}),
    provenance: {
      origin: [
        `configuredIn: ${kustomization.file}`,
        'configuredBy:',
        '  apiVersion: builtin',
        `  kind: ${isSecret ? 'SecretGenerator' : 'ConfigMapGenerator'}`,
      ],
    },
  };
}

/** Options of the whole kustomization hold where the generator's own say nothing. */
function joined(all: GeneratorOptions | undefined, own: GeneratorOptions | undefined): GeneratorOptions {
  return {
    labels: { ...all?.labels, ...own?.labels },
    annotations: { ...all?.annotations, ...own?.annotations },
    disableNameSuffixHash: Boolean(all?.disableNameSuffixHash) || Boolean(own?.disableNameSuffixHash),
    immutable: Boolean(all?.immutable) || Boolean(own?.immutable),
  };
}
