import { ExpectedError } from '../errors.ts';
import { type KubectlCall, runKubectl } from './run-kubectl.ts';

const kinds = {
  Kustomization: 'kustomizations.kustomize.toolkit.fluxcd.io',
  HelmRelease: 'helmreleases.helm.toolkit.fluxcd.io',
} as const;

/** A Flux object, or, without a name, all of its kind in a namespace. */
export interface FluxPlace {
  kind: keyof typeof kinds;
  namespace: string;
  name?: string;
}

/**
 * Which of these are still on a cluster, as `Kind/namespace/name`. One that Flux is deleting is still there until what it
 * applied is gone. Only reads.
 *
 * @throws as `runKubectl`
 */
export async function remainingObjects(call: KubectlCall, places: readonly FluxPlace[]): Promise<string[]> {
  const found: string[] = [];
  for (const { kind, namespace, name } of places) {
    const words = ['get', `--namespace=${namespace}`, kinds[kind], ...(name === undefined ? [] : [name])];
    const lines = await runKubectl([...words, '--ignore-not-found', '--output=name'], call).catch(withoutKind);
    const names = lines.split('\n').filter((line) => line.includes('/'));
    found.push(...names.map((line) => `${kind}/${namespace}/${line.slice(line.indexOf('/') + 1).trim()}`));
  }
  return [...new Set(found)];
}

/** A cluster without Flux has none of its objects. */
function withoutKind(error: unknown): string {
  if (error instanceof ExpectedError && error.code === 'kubectl-no-kind') return '';
  throw error;
}
