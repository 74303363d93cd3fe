import { type Building, leaveOut } from '../building.ts';
import type { Kustomization } from './kustomization.ts';
import type { KustomizationFile } from './kustomization-file.ts';

/** Fields that need programs, or say how kustomize itself is to work; each with what it brings. */
const fields: readonly [field: keyof Kustomization, what: string][] = [
  ['helmCharts', 'the Helm charts of helmCharts'],
  ['helmChartInflationGenerator', 'the Helm charts of helmChartInflationGenerator'],
  ['generators', 'the generator plugins of generators'],
  ['transformers', 'the transformer plugins of transformers'],
  ['validators', 'the validator plugins of validators'],
  ['configurations', 'the transformer configurations of configurations'],
  ['crds', 'the references of crds'],
  ['openapi', 'the schema of openapi'],
  ['vars', 'the variables of vars'],
];

export function leaveOutUnbuildable(building: Building, { spec, file }: KustomizationFile): void {
  if (spec.buildMetadata?.includes('transformerAnnotations'))
    leaveOut(building, 'the annotations of transformerAnnotations', { file, path: ['buildMetadata'] });
  for (const [field, what] of fields) {
    const value = spec[field];
    const isThere = Array.isArray(value) ? value.length > 0 : value !== undefined && Object.keys(value).length > 0;
    if (isThere) leaveOut(building, what, { file, path: [field] });
  }
}
