import type { DeclaredSecret } from './declared-secrets.ts';
import type { Model } from './model.ts';
import { defaultStore, type SecretStore } from './secret-store.ts';

/**
 * What joins the parts of a name in each store, and what a name may not have: Google's have letters, digits, `-` and `_`, Azure's
 * letters, digits and `-`. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 * https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create
 * https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault
 */
const joints: Readonly<Record<SecretStore['provider'], { between: string; foreign: RegExp; longest: number }>> = {
  aws: { between: '/', foreign: /[^\w./-]/g, longest: 512 },
  vault: { between: '/', foreign: /[^\w./-]/g, longest: 512 },
  gcp: { between: '_', foreign: /[^\w-]/g, longest: 255 },
  azure: { between: '--', foreign: /[^a-zA-Z0-9-]/g, longest: 127 },
};

/**
 * The name of a Secret's entry in the store: `<repository>/<environment>/<owner>/<name>`, of a cluster's
 * `<repository>/cluster-<cluster>/<name>`, so that a right can be given for an environment, a cluster or an owner.
 */
export function remoteKey(model: Model, { name, owner, environment, cluster }: DeclaredSecret): string {
  const { between, foreign } = joints[(model.secrets.store ?? defaultStore).provider];
  const scope = environment === undefined ? [`cluster-${cluster}`] : [environment, owner.name];
  return [model.repository.name, ...scope, name].join(between).replace(foreign, '-');
}

/** The most characters that a store takes for a name. */
export function longestRemoteKey(model: Model): number {
  return joints[(model.secrets.store ?? defaultStore).provider].longest;
}
