import { envsubst } from '../../check/substitution/envsubst.ts';
import { variablesOf } from '../../generators/cluster.ts';
import { hasRoute, notificationFolder } from '../../generators/notification-parts.ts';
import { type DeclaredSecret, declaredSecrets } from '../../model/declared-secrets.ts';
import type { Model } from '../../model/model.ts';
import {
  environmentsOfNotification,
  type KnownNotification,
  knownNotification,
  notificationSecret,
} from '../../model/notifications.ts';
import { receiverType, webhookHost } from '../../model/receiver.ts';
import { transportOf } from '../../model/team-source.ts';
import { placesOf } from '../../model/teams.ts';
import { inOrder } from '../../model/units.ts';
import type { Tree } from '../../tree/tree.ts';
import { readValues } from '../../yaml/read-values.ts';
import { textAt } from '../../yaml/value-at.ts';

/** A cluster that is to be told of commits. */
export interface ReceiverPlace {
  /** The notification's name. */
  receiver: string;
  cluster: string;
  /** The team's repository; undefined for the platform's. */
  source: string | undefined;
  /** Where its server calls; undefined while the host is not known. */
  url: string | undefined;
  /** The Secret with its token, in the cluster's environment. */
  secret: DeclaredSecret | undefined;
  /** No server has such a webhook: whoever calls signs in the header X-Signature. */
  isGeneric: boolean;
}

/**
 * Every receiver on every cluster that has it, in order. The host is that of the HTTPRoute as it is on the disk, since
 * it may have been edited, with the cluster's variables in it.
 */
export function receiverPlaces(model: Model, tree: Tree): ReceiverPlace[] {
  const declared = declaredSecrets(model);
  return inOrder(model.notifications)
    .flatMap(([name, said]) => knownNotification(name, said) ?? [])
    .filter(({ row }) => row.sends === 'webhook')
    .flatMap((notification) => {
      const { name, said } = notification;
      const source = said.team === undefined ? undefined : model.teams[said.team]?.source;
      const hostname = hasRoute(model, notification) ? hostnameOf(tree, notification) : undefined;
      return clustersOf(model, notification).map(({ cluster, environment }) => ({
        receiver: name,
        cluster,
        source: source === undefined || transportOf(source) === undefined ? undefined : source,
        url: addressOf(model, cluster, hostname, said.webhookPath),
        secret: declared.find(
          (secret) =>
            secret.name === notificationSecret(name) &&
            secret.environment === environment &&
            secret.owner.name === (said.team ?? name),
        ),
        isGeneric: receiverType(model, said.team).type === 'generic-hmac',
      }));
    });
}

function clustersOf(model: Model, { said }: KnownNotification): { cluster: string; environment: string }[] {
  const environments = environmentsOfNotification(model, said);
  const places = placesOf(model, said.team === undefined ? {} : (model.teams[said.team] ?? {}));
  return places.filter(({ environment }) => environments.includes(environment));
}

/** With variables in it. */
function hostnameOf(tree: Tree, notification: KnownNotification): string {
  const contents = tree.read(`${notificationFolder(notification)}/config/httproute.yaml`);
  if (typeof contents !== 'string') return webhookHost;
  try {
    return textAt(readValues(contents)[0]?.value, ['spec', 'hostnames', 0]) ?? webhookHost;
  } catch {
    return webhookHost;
  }
}

/** Undefined where a variable is missing: the default that stands in for it is nobody's name. */
function addressOf(
  model: Model,
  cluster: string,
  hostname: string | undefined,
  path: string | undefined,
): string | undefined {
  if (hostname === undefined || path === undefined) return undefined;
  const known = variablesOf(model, cluster);
  const unset = new Set<string>();
  try {
    const { text } = envsubst(hostname, (name) => {
      if (Object.hasOwn(known, name)) return { value: known[name] ?? '' };
      unset.add(name);
      return undefined;
    });
    return unset.size > 0 || !/^[\w-]+(\.[\w-]+)+$/.test(text) ? undefined : `https://${text}${path}`;
  } catch {
    return undefined;
  }
}
