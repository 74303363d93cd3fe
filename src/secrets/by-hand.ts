import type { DeclaredSecret } from '../model/declared-secrets.ts';
import { secretTypeRows } from './secret-types.ts';

/**
 * The line that makes a Secret in a cluster, every value from a file: what stands in a command line is seen by others.
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_create/kubectl_create_secret_generic/
 */
export function kubectlRecipe({
  name,
  namespace,
  type,
  keys,
}: Pick<DeclaredSecret, 'name' | 'namespace' | 'type' | 'keys'>): string {
  const { kubernetesType } = secretTypeRows[type];
  const typed = type === 'Opaque' ? [] : [`--type=${kubernetesType}`];
  const files = keys.map((key) => `--from-file=${key}=FILE`);
  return ['kubectl', '-n', namespace, 'create', 'secret', 'generic', name, ...typed, ...files].join(' ');
}
