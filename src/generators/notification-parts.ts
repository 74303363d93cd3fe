import type { Model } from '../model/model.ts';
import { environmentsOfNotification, type KnownNotification, notificationsOf } from '../model/notifications.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { offerOf } from './offers.ts';

/** Where the objects of a notification are: with the platform's, or with those of its team. */
export function notificationFolder({ name, said }: KnownNotification): RepoPath {
  return said.team === undefined
    ? `infrastructure/base/notifications/${name}`
    : `tenants/base/${said.team}/notifications/${name}`;
}

/** The notifications of the platform, or of a team, in one environment. */
export function notificationsIn(model: Model, environment: string, team?: string): KnownNotification[] {
  return notificationsOf(model, team).filter(({ said }) =>
    environmentsOfNotification(model, said).includes(environment),
  );
}

/** Whether webhooks come in by a route of ours. */
export function hasRoute(model: Model, { row }: KnownNotification): boolean {
  return row.sends === 'webhook' && offerOf(model, 'routes', false) !== undefined;
}

/**
 * The folders that an overlay lists for some of them. `config` is what waits for a Gateway.
 * @param base the way from the overlay to the folder in which `notificationFolder` is
 */
export function notificationResources(
  model: Model,
  notifications: readonly KnownNotification[],
  part: 'release' | 'config',
  base: string,
): string[] {
  return notifications
    .filter((notification) => part === 'release' || hasRoute(model, notification))
    .map(({ name }) => `${base}/notifications/${name}/${part}`);
}
