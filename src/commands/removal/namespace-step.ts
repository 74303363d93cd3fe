import type { NextStep } from '../../cli/outcome.ts';

/** A namespace is never deleted by the way: https://fluxcd.io/flux/components/kustomize/kustomizations/#prune */
export function namespaceStep(namespace: string, clusters: readonly string[]): NextStep {
  const where = clusters.length === 1 ? clusters[0] : 'each of its clusters';
  return {
    text: `When that is reconciled, namespace ${namespace} is still there. To delete it with everything in it, volumes and data too, on ${where}:`,
    commands: [`kubectl --context CONTEXT delete namespace ${namespace}`],
  };
}
