import type { Model } from './model.ts';
import { type NotificationType, notificationTypes, type Way } from './notification-types.ts';
import { repositoryAddress } from './repository-address.ts';
import { environmentsOf } from './teams.ts';
import { inOrder, livingEnvironments } from './units.ts';

export type Notification = Model['notifications'][string];

/** A notification with all that follows from its type. */
export interface KnownNotification {
  name: string;
  /** As Flux calls it. */
  type: string;
  row: NotificationType;
  way: Way;
  said: Notification;
}

/** @returns undefined for a type that Flux does not have, and for credentials that it does not take */
export function knownNotification(name: string, said: Notification): KnownNotification | undefined {
  const type = said.type ?? name;
  const row = notificationTypes.get(type);
  const way = row?.ways.find(({ keys }) => said.credential === undefined || sameKeys(keys, said.credential));
  return row === undefined || way === undefined ? undefined : { name, type, row, way, said };
}

function sameKeys(one: readonly string[], other: readonly string[]): boolean {
  return String([...one].sort()) === String(other.filter((key) => key !== 'address' || one.includes(key)).sort());
}

/** Those of the platform, or of a team, that a valid model has, in order. */
export function notificationsOf(model: Model, team?: string): KnownNotification[] {
  return inOrder(model.notifications)
    .filter(([, said]) => said.team === team)
    .flatMap(([name, said]) => knownNotification(name, said) ?? []);
}

/** Where it is: in the environments that it names, of those that have a cluster, and its team. */
export function environmentsOfNotification(model: Model, { team, environments }: Notification): string[] {
  const owner = team === undefined ? undefined : model.teams[team];
  const all = owner === undefined ? livingEnvironments(model) : environmentsOf(model, owner);
  return all.filter((environment) => environments?.includes(environment) ?? true);
}

/** The address that stands in the open; undefined where a Secret has it, or there is none. */
export function openAddress(model: Model, { type, way, said }: KnownNotification): string | undefined {
  if (way.address === undefined) return undefined;
  if (said.address !== undefined || way.address === 'own') return said.address;
  return way.address === 'repository' ? repositoryAddress(model, type, said.team) : way.address;
}

/** The Secret with its credential, beside it. */
export function notificationSecret(name: string): string {
  return `notification-${name}`;
}

/** The keys of its Secret; none for one that needs no Secret. */
export function credentialOf(model: Model, notification: KnownNotification): string[] {
  const { way } = notification;
  const isHidden = way.address !== undefined && openAddress(model, notification) === undefined;
  return [...(isHidden ? ['address'] : []), ...way.keys];
}

/** The Secrets of notifications, as their owner would declare them. */
export function secretsOfNotifications(
  model: Model,
  notifications: readonly KnownNotification[],
): Record<string, { environments: string[]; keys: string[] }> {
  return Object.fromEntries(
    notifications.flatMap((notification) => {
      const keys = credentialOf(model, notification);
      const environments = environmentsOfNotification(model, notification.said);
      return keys.length === 0 ? [] : [[notificationSecret(notification.name), { environments, keys }]];
    }),
  );
}

/** The Secret of a notification of the platform, which follows from its type. */
export function secretsOfNotification(
  model: Model,
  name: string,
): Record<string, { environments: string[]; keys: string[] }> {
  return secretsOfNotifications(
    model,
    notificationsOf(model).filter((known) => known.name === name),
  );
}
