import { notificationFolder } from '../../generators/notification-parts.ts';
import type { Model } from '../../model/model.ts';
import { credentialOf, type KnownNotification, knownNotification } from '../../model/notifications.ts';
import type { Removal } from './removal.ts';

/** A Provider and its Alert, or a Receiver, hold nothing back: they go at once, with their credential. */
export const notificationRemoval: Removal = {
  phases: () => [],
  rest: 'the notification',
  clusters: () => [],
  traces: () => [],
  references: () => [],
  folders(model, name) {
    const known = notificationCalled(model, name);
    return known === undefined ? [] : [notificationFolder(known)];
  },
  warnings: () => [],
  lastSteps(model, name) {
    const known = notificationCalled(model, name);
    if (known === undefined || credentialOf(model, known).length === 0) return [];
    return [{ text: `At the other end, take back what ${name} was known by: its token or webhook.`, commands: [] }];
  },
};

function notificationCalled(model: Model, name: string): KnownNotification | undefined {
  const said = model.notifications[name];
  return said && knownNotification(name, said);
}
