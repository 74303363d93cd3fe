import { exclusionPresets, usualExclusions } from '../model/exclusion-presets.ts';
import type { Model } from '../model/model.ts';
import { namespaceOfNotification } from '../model/notification-place.ts';
import {
  credentialOf,
  environmentsOfNotification,
  type KnownNotification,
  knownNotification,
  notificationSecret,
  openAddress,
} from '../model/notifications.ts';
import { receiverType, webhookHost } from '../model/receiver.ts';
import { transportOf } from '../model/team-source.ts';
import type { FileEntry } from '../plan/entry.ts';
import type { Generator } from './generator.ts';
import { hasRoute, notificationFolder } from './notification-parts.ts';
import { gatewayOf } from './offers.ts';
import { renderFile } from './render.ts';
import { secretEntries } from './secret-files.ts';

/**
 * A Provider and its Alert, or a Receiver: a folder of their own in the base, so that an environment lists those that it
 * has. Who lists a team's is the team.
 */
export const notificationGenerator: Generator = {
  generate(model, name) {
    const said = model.notifications[name];
    const known = said && knownNotification(name, said);
    if (known === undefined || environmentsOfNotification(model, known.said).length === 0) return [];
    const isReceiver = known.row.sends === 'webhook';
    return [
      ...part(model, known, 'release', isReceiver ? ['receiver'] : ['alert', 'provider']),
      ...(hasRoute(model, known) ? part(model, known, 'config', ['httproute']) : []),
      ...(known.said.team === undefined ? secretEntries(model, { kind: 'notification', name }) : []),
    ];
  },
};

function part(
  model: Model,
  notification: KnownNotification,
  name: 'release' | 'config',
  manifests: readonly string[],
): FileEntry[] {
  const folder = `${notificationFolder(notification)}/${name}`;
  const view = viewOf(model, notification);
  const files = manifests.map((manifest) => `${manifest}.yaml`);
  return [
    ...renderFile('notifications/kustomization.yaml', {}, { resources: files }, `${folder}/kustomization.yaml`),
    ...files.flatMap((file) => renderFile(`notifications/${file}`, {}, view, `${folder}/${file}`)),
  ];
}

/** What the templates may use. */
function viewOf(model: Model, notification: KnownNotification) {
  const { name, type, row, said } = notification;
  const isStatus = row.sends === 'commit statuses';
  const receiver = receiverType(model, said.team);
  return {
    name,
    namespace: namespaceOfNotification(model, said),
    type: row.sends === 'webhook' ? receiver.type : type,
    address: openAddress(model, notification) ?? null,
    channel: said.channel ?? null,
    username: said.username ?? null,
    // https://fluxcd.io/flux/components/notification/providers/#custom-commit-status-messages
    statusId: isStatus
      ? "(event.involvedObject.kind + '/' + event.involvedObject.name).lowerAscii() + '/${cluster_name}'"
      : null,
    secret: credentialOf(model, notification).length === 0 ? null : notificationSecret(name),
    proxySecret: said.proxySecret ?? null,
    certSecret: said.certSecret ?? null,
    // A commit gets its statuses when all is well too.
    severity: said.severity ?? (row.sends === 'messages' ? 'error' : 'info'),
    exclude: (said.exclude ?? usualExclusions).flatMap((preset) => exclusionPresets[preset]),
    sources: eventSources(model, notification),
    metadata: { cluster: '${cluster_name}', environment: '${cluster_environment}' },
    events: receiver.events,
    source: said.team ?? 'flux-system',
    gateway: gatewayOf(model),
    hostname: webhookHost,
  };
}

const sourceKinds = ['Bucket', 'GitRepository', 'HelmRepository', 'OCIRepository'];

/**
 * What is listened to. A Kustomization says of what it applies when that fails, so releases in other namespaces are heard
 * too. Of a team that works here that is one Kustomization, beside Flux's own.
 */
function eventSources(model: Model, { row, said: { team } }: KnownNotification): { kind: string; name: string }[] {
  const source = team === undefined ? undefined : model.teams[team]?.source;
  const every = (kind: string) => ({ kind, name: '*' });
  if (team !== undefined && source !== undefined && transportOf(source) === undefined)
    return [{ kind: 'Kustomization', name: team }];
  if (row.sends !== 'messages') return [every('Kustomization')];
  const kinds = team === undefined ? [] : ['HelmRelease'];
  return [...kinds, 'Kustomization', ...sourceKinds].map(every);
}
