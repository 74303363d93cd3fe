import type { Model } from '../model/model.ts';
import { carrierOf } from '../model/secret-strategies.ts';
import { strategyOf } from '../model/settings.ts';
import { storeCredential } from './external-secrets/secret-store.ts';
import type { KeyName } from './key-name.ts';
import { controllerNamespace } from './sealed-secrets/controller-namespace.ts';
import type { ChecklistItem } from './strategies/secret-strategy.ts';

/**
 * The one thing that a cluster must be given by hand before a strategy with a controller works there; undefined when git
 * brings all of it. (The age keys of SOPS are no controller's: see `keysOfCluster`.)
 *
 * @param pathOf where a key's file is, as a shell takes it
 */
export function clusterCredential(
  model: Model,
  cluster: string,
  pathOf: (key: KeyName) => string,
): ChecklistItem | undefined {
  const strategy = strategyOf(model);
  if (model.components[carrierOf(strategy) ?? '']?.provided === true) return undefined;
  if (strategy === 'sealed-secrets') {
    const key: KeyName = { kind: 'sealing', name: model.clusters[cluster]?.environment ?? '' };
    return {
      text: 'the key that opens sealed secrets, before their controller starts and makes one of its own:',
      commands: [`kubectl create namespace ${controllerNamespace()}`, `kubectl apply -f ${pathOf(key)}`],
    };
  }
  const credential = strategy === 'external-secrets' ? storeCredential(model) : undefined;
  if (credential === undefined) return undefined;
  const { namespace, name, keys } = credential;
  const files = keys.map((key) => `--from-file=${key}=FILE`).join(' ');
  return {
    text: 'the credential that opens the secret store, each part from a file without a line break:',
    commands: [
      `kubectl create namespace ${namespace}`,
      `kubectl -n ${namespace} create secret generic ${name} ${files}`,
    ],
  };
}
