import type { Model } from '../model/model.ts';
import { keyScopeOf } from '../model/settings.ts';
import { inOrder } from '../model/units.ts';
import type { Secret } from './secret.ts';

/** One key that a cluster has, or will have, in its Secret: the public half, and the private one where it is at hand. */
export interface Holding {
  recipient: string;
  identity: Secret | undefined;
}

/**
 * The keys each cluster will hold, as the model has them: its own, and with key scope `environment` that of its
 * environment too.
 *
 * @param identities private keys at hand, by their public half
 */
export function clusterHoldings(
  model: Model,
  identities: ReadonlyMap<string, Secret>,
): ReadonlyMap<string, readonly Holding[]> {
  return new Map(
    inOrder(model.clusters).map(([cluster, { environment, recipients = [] }]) => {
      const shared = keyScopeOf(model) === 'environment' ? (model.environments[environment]?.recipients ?? []) : [];
      return [cluster, [...recipients, ...shared].map((recipient) => held(recipient, identities))];
    }),
  );
}

/** A key by its public half. */
export function held(recipient: string, identities: ReadonlyMap<string, Secret>): Holding {
  return { recipient, identity: identities.get(recipient) };
}
