import type { Model } from '../model/model.ts';
import { namespaceOfNotification } from '../model/notification-place.ts';
import {
  environmentsOfNotification,
  type KnownNotification,
  knownNotification,
  notificationSecret,
} from '../model/notifications.ts';
import { webhookHost } from '../model/receiver.ts';
import { inOrder } from '../model/units.ts';
import { hasRoute } from './notification-parts.ts';

/** The rows of README's table of notifications. */
export function notificationRows(model: Model) {
  return known(model).map((notification) => ({
    name: notification.name,
    does: doesWhat(notification),
    for: notification.said.team === undefined ? 'the platform' : `team ${notification.said.team}`,
    in: environmentsOfNotification(model, notification.said).join(', ') || 'nowhere yet',
  }));
}

/** The same of webhooks: where they are registered. The path is known once the token is made. */
export function receiverRows(model: Model) {
  return known(model)
    .filter(({ row }) => row.sends === 'webhook')
    .map((notification) => ({
      name: notification.name,
      address: addressOf(model, notification),
      secret: `${namespaceOfNotification(model, notification.said)}/${notificationSecret(notification.name)}`,
    }));
}

function known({ notifications }: Model): KnownNotification[] {
  return inOrder(notifications).flatMap(([name, said]) => knownNotification(name, said) ?? []);
}

function doesWhat({ row, said }: KnownNotification): string {
  if (row.sends === 'webhook') return 'lets the server tell of commits';
  if (row.sends === 'messages')
    return `tells ${row.title} ${said.severity === 'info' ? 'what happens' : 'what failed'}`;
  return `gives ${row.title} ${row.sends}`;
}

/** Without a route of ours somebody else has to let webhooks in. */
function addressOf(model: Model, notification: KnownNotification): string {
  const host = hasRoute(model, notification) ? webhookHost.replace(/\$\{.*\}/, 'DOMAIN') : 'HOST';
  const path = notification.said.webhookPath ?? '/hook/…';
  return `\`https://${host}${path}\``;
}
