import type { DeclaredSecret } from '../../model/declared-secrets.ts';
import type { Model } from '../../model/model.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import { controllerNamespace } from './controller-namespace.ts';

/** Where the public certificate of an environment's controllers lies: outside of the folders that Flux is sent. */
export function certificatePath(environment: string): RepoPath {
  return `sealed-secrets/${environment}.pem`;
}

/** The certificate that a Secret is sealed for. A cluster's own Secrets are for a controller of its environment too. */
export function certificateFor(model: Model, { environment, cluster }: DeclaredSecret): RepoPath {
  return certificatePath(environment ?? model.clusters[cluster ?? '']?.environment ?? '');
}

/**
 * The command that fetches a controller's certificate, with kubectl's current context.
 * https://github.com/bitnami-labs/sealed-secrets#public-key--certificate
 */
export function fetchCertificate(path: RepoPath): string {
  return `kubeseal --controller-namespace ${controllerNamespace()} --fetch-cert > ${path}`;
}
