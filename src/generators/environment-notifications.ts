import type { Model } from '../model/model.ts';
import { traitOf } from '../model/secret-strategies.ts';
import { intervalOf, strategyOf } from '../model/settings.ts';
import type { FileEntry } from '../plan/entry.ts';
import { notificationChildren } from './children.ts';
import { notificationResources, notificationsIn } from './notification-parts.ts';
import { renderFile } from './render.ts';
import { secretFiles } from './secret-files.ts';

/** What an environment has of the platform's notifications: their Kustomizations, and the lists of those. */
export function environmentNotifications(model: Model, environment: string): FileEntry[] {
  const notifications = notificationsIn(model, environment);
  const children = notificationChildren(model, environment);
  if (children.length === 0) return [];
  const secrets = notifications.flatMap(({ name }) => secretFiles(model, { kind: 'notification', name }, environment));
  const folder = `infrastructure/overlays/${environment}/notifications`;
  const view = {
    children: children.map((child, index) => ({
      ...child,
      path: `./${folder}/${child.part}`,
      source: 'flux-system',
      prune: true,
      substitute: true,
      separated: index > 0,
      decrypts: child.part === 'release' && secrets.length > 0 && traitOf(strategyOf(model)).isDecrypted,
      interval: intervalOf(model, 'infrastructure', environment),
      retryInterval: intervalOf(model, 'retry', environment),
      git: null,
    })),
  };
  const places = { root: 'infrastructure', environment, unit: 'notifications' };
  return [
    ...renderFile('[root]/overlays/[environment]/[unit].yaml', places, view),
    ...children.flatMap(({ part }) => {
      if (part !== 'release' && part !== 'config') return [];
      const resources = [
        ...notificationResources(model, notifications, part, '../../../../base'),
        ...(part === 'release' ? secrets : []),
      ];
      return renderFile('notifications/kustomization.yaml', {}, { resources }, `${folder}/${part}/kustomization.yaml`);
    }),
  ];
}
