import { nearest } from '../nearest.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { ModelFault } from './fault.ts';
import { labelFault } from './label.ts';
import type { Model } from './model.ts';
import { notificationTypes, waysOf } from './notification-types.ts';
import {
  type KnownNotification,
  knownNotification,
  type Notification,
  notificationSecret,
  openAddress,
} from './notifications.ts';
import { transportOf } from './team-source.ts';
import { clustersOf, inOrder } from './units.ts';

/** So that its Secret's name is a label: `notification-<name>`. */
const longestNotification = 63 - notificationSecret('').length;

/** Notifications are of a type that Flux has, say what that type needs and nothing that it does not take. */
export function* checkNotifications(model: Model): Generator<ModelFault> {
  for (const [name, said] of inOrder(model.notifications)) {
    const path = ['notifications', name];
    const long = labelFault(name, longestNotification);
    if (long !== undefined) yield { rule: 'model/name', path, message: long.message };
    yield* checkType(path, name, said);
    yield* checkPlaces(model, path, said);
    const known = knownNotification(name, said);
    if (known === undefined) continue;
    yield* checkChannel(path, known);
    yield* checkAddress(model, path, known);
    yield* checkUnused(path, known);
    if (known.row.sends === 'webhook') yield* checkReceiver(model, path, known);
  }
  yield* checkTwins(model);
}

function* checkType(path: YamlPath, name: string, { type, credential }: Notification): Generator<ModelFault> {
  const row = notificationTypes.get(type ?? name);
  const at = type === undefined ? path : [...path, 'type'];
  if (row === undefined) {
    const meant = nearest(type ?? name, notificationTypes.keys());
    yield {
      rule: 'model/unknown-name',
      path: at,
      message: `Flux knows no type "${type ?? name}"${meant === undefined ? '' : `, did you mean "${meant}"?`}`,
      hint: `Known: ${[...notificationTypes.keys()].join(', ')}. With another name it needs "type: TYPE".`,
    };
  } else if (knownNotification(name, { type, credential }) === undefined)
    yield {
      rule: 'model/value',
      path: [...path, 'credential'],
      message: `${row.title} does not take ${credential?.join(' with ') || 'nothing'}; it takes ${waysOf(type ?? name).join(', or ')}`,
    };
}

function* checkPlaces(model: Model, path: YamlPath, { team, environments }: Notification): Generator<ModelFault> {
  if (team !== undefined && !Object.hasOwn(model.teams, team)) {
    const known = Object.keys(model.teams).sort().join(', ') || 'none';
    const message = `team "${team}" does not exist; known: ${known}`;
    yield { rule: 'model/unknown-name', path: [...path, 'team'], message };
  }
  for (const [index, environment] of (environments ?? []).entries()) {
    const at = [...path, 'environments', index];
    if (!Object.hasOwn(model.environments, environment))
      yield { rule: 'model/unknown-name', path: at, message: `environment "${environment}" does not exist` };
    else if (environments?.indexOf(environment) !== index)
      yield { rule: 'model/duplicate-name', path: at, message: `"${environment}" is there twice` };
  }
}

function* checkChannel(path: YamlPath, { type, row, way, said }: KnownNotification): Generator<ModelFault> {
  const at = [...path, 'channel'];
  if (said.channel === undefined && way.needsChannel)
    yield { rule: 'model/missing', path: at, message: `${row.title} needs ${row.channel}` };
  if (said.channel !== undefined && row.channel === undefined)
    yield { rule: 'model/value', path: at, message: `${row.title} has no channel: its address says where it goes` };
  // https://fluxcd.io/flux/components/notification/providers/#zulip
  if (type === 'zulip' && said.channel !== undefined && !/^[^/]+\/[^/]+$/.test(said.channel))
    yield { rule: 'model/value', path: at, message: 'must be CHANNEL/TOPIC' };
}

function* checkAddress(model: Model, path: YamlPath, known: KnownNotification): Generator<ModelFault> {
  const { type, row, way, said } = known;
  const at = [...path, 'address'];
  if (said.address === undefined) return;
  if (way.address === undefined)
    yield {
      rule: 'model/value',
      path: at,
      message: way.keys.includes('address')
        ? `the address of ${row.title} is a credential: it goes into its Secret`
        : `${row.title} has no address`,
    };
  else if (type !== 'googlepubsub' && !isAddress(openAddress(model, known)))
    yield {
      rule: 'model/value',
      path: at,
      message: 'must be an address such as https://host/path, without a password',
    };
}

function isAddress(text = ''): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(text);
}

/** Settings that its controller would not look at. */
function* checkUnused(path: YamlPath, { row, said }: KnownNotification): Generator<ModelFault> {
  const isReceiver = row.sends === 'webhook';
  const unused: [keyof Notification, boolean | undefined, string][] = [
    ['username', row.username, 'shows no name of yours'],
    ['proxySecret', row.proxy, 'cannot go through a proxy'],
    ['certSecret', row.certificate, 'takes no certificates'],
    ['severity', !isReceiver, 'is about commits, which have no severity'],
    ['exclude', !isReceiver, 'is about commits and sends no messages'],
    ['webhookPath', isReceiver, 'has no webhook'],
  ];
  if (/^https?:\/\//.test(said.channel ?? ''))
    yield {
      rule: 'model/value',
      path: [...path, 'channel'],
      message: 'is an address; one that lets others post is a credential, which is asked for unseen',
    };
  for (const [key, isUsed, why] of unused)
    if (said[key] !== undefined && isUsed !== true)
      yield { rule: 'model/value', path: [...path, key], message: `${row.title} ${why}` };
}

/** What a team has in this repository is fetched with the platform's source. */
function* checkReceiver(model: Model, path: YamlPath, { said }: KnownNotification): Generator<ModelFault> {
  const source = said.team === undefined ? undefined : model.teams[said.team]?.source;
  if (source !== undefined && transportOf(source) === undefined)
    yield {
      rule: 'model/value',
      path: [...path, 'team'],
      message: 'works in this repository, which is fetched once: a receiver of the platform is for it too',
    };
}

/** Names that something else has in the same namespace. */
function* checkTwins(model: Model): Generator<ModelFault> {
  const names = inOrder(model.notifications);
  for (const map of ['components', 'apps', 'teams'] as const)
    for (const taken of ['notifications', 'notifications-config'])
      if (names.length > 0 && Object.hasOwn(model[map], taken))
        yield {
          rule: 'model/duplicate-name',
          path: [map, taken],
          message: `"${taken}" is the Kustomization of the notifications`,
        };
  for (const [name, { team }] of names) {
    const secret = notificationSecret(name);
    const clusters = Object.keys(model.environments).flatMap((environment) => clustersOf(model, environment));
    const owners: YamlPath[] = [
      ...clusters.map((cluster) => ['clusters', cluster]),
      ...(team === undefined ? [] : [['teams', team]]),
    ];
    for (const owner of owners)
      if (hasSecret(model, owner, secret))
        yield {
          rule: 'model/duplicate-name',
          path: [...owner, 'secrets', secret],
          message: `Secret ${secret} is that of notification "${name}": choose another name`,
        };
  }
}

function hasSecret(model: Model, [map, owner]: YamlPath, secret: string): boolean {
  const secrets = map === 'clusters' ? model.clusters[String(owner)]?.secrets : model.teams[String(owner)]?.secrets;
  return Object.hasOwn(secrets ?? {}, secret);
}
