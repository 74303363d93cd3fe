import type { Model } from './model.ts';
import { clusterSecretNamespace } from './namespaces.ts';
import type { Notification } from './notifications.ts';
import { namespaceOfSync } from './team-secrets.ts';

/**
 * Where a notification's objects are: beside those that it is about, since a locked down Flux lets nothing of one namespace
 * be watched from another. https://fluxcd.io/flux/installation/configuration/multitenancy/
 */
export function namespaceOfNotification(model: Model, { team }: Pick<Notification, 'team'>): string {
  const owner = team === undefined ? undefined : model.teams[team];
  return team === undefined || owner === undefined ? clusterSecretNamespace : namespaceOfSync(team, owner);
}
