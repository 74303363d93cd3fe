import type { Model, Team } from '../model/model.ts';
import { gatewayNamespaces } from './offers.ts';

/** Where a cluster's monitoring usually is. */
const usual = ['monitoring'];

/**
 * Whose pods reach those of a team: the gateway's, and those of the namespaces that the model names. Without a word of it
 * no other team is let in, whatever it is called.
 */
export function allowedNamespaces(model: Model, { networkPolicies }: Team): string[] {
  const named = networkPolicies?.allowFrom ?? usual.filter((namespace) => !Object.hasOwn(model.teams, namespace));
  return [...new Set([...gatewayNamespaces(model), ...named])];
}
