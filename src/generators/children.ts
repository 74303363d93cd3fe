import { catalogue } from '../catalogue/catalogue.ts';
import type { Part } from '../catalogue/component-entry.ts';
import type { App, Model } from '../model/model.ts';
import { secretsOfNotifications } from '../model/notifications.ts';
import { carrierOf } from '../model/secret-strategies.ts';
import { seconds, strategyOf, timeoutOf } from '../model/settings.ts';
import { secretsOfTeam } from '../model/team-secrets.ts';
import { hasRoute, notificationsIn } from './notification-parts.ts';
import { offerOf } from './offers.ts';
import { partsOf } from './parts.ts';

/** One Flux Kustomization of a unit, inside `infrastructure` or `apps`. */
export interface Child {
  name: string;
  part: Part | 'crds' | 'app';
  /** Names of other children that must be ready first. */
  dependsOn: string[];
  /** A Flux duration. */
  timeout: string;
}

/** Nothing is installed: this is how long the API server may take. */
const shortTimeout = '5m';

/** The Kustomizations of a component, in the order they become ready; none when the cluster provides it. */
export function componentChildren(model: Model, name: string, environment: string): Child[] {
  const component = model.components[name];
  const entry = catalogue.get(name);
  if (component === undefined || component.provided === true) return [];
  const timeout = timeoutOf(model, 'infrastructure', environment, component.timeout);
  const after = entry?.after.filter((other) => isStaying(model, other)) ?? [];
  const others = [...(entry?.dependsOn ?? []), ...after, ...(component.dependsOn ?? [])];
  const crds: Child[] =
    entry?.crds === undefined ? [] : [{ name: `${name}-crds`, part: 'crds', dependsOn: [], timeout: shortTimeout }];
  // Without their controller, CRDs stay on the cluster unless they were asked for: then it prunes them with this child.
  if (component.removing?.phase === 'release') return component.removing.crds === true ? crds : [];
  const release: Child = {
    name,
    part: 'release',
    dependsOn: unique([
      ...others.flatMap((other) => lastChild(model, other)),
      ...crds.map((child) => child.name),
      ...secretMakers(model, component.secrets, environment),
    ]),
    timeout,
  };
  const config: Child[] = hasConfig(model, name)
    ? [{ name: `${name}-config`, part: 'config', dependsOn: [name], timeout }]
    : [];
  return [...crds, release, ...config];
}

/** The one Kustomization of an app. */
export function appChild(model: Model, name: string, environment: string): Child {
  const app = model.apps[name];
  const wanted = (app?.dependsOn ?? []).flatMap((other) => (other in model.apps ? [other] : lastChild(model, other)));
  return {
    name,
    part: 'app',
    dependsOn: unique([
      ...wanted,
      ...(app?.image === undefined ? [] : routing(model)),
      ...secretMakers(model, app?.secrets, environment),
    ]),
    timeout: timeoutOf(model, 'apps', environment, app?.timeout),
  };
}

/** The platform's Kustomization of a team. It does not wait for what the team does in its namespace. */
export function tenantChild(model: Model, name: string, environment: string): Omit<Child, 'part'> {
  const wanted = (model.teams[name]?.dependsOn ?? []).flatMap((other) =>
    other in model.apps ? [other] : lastChild(model, other),
  );
  const makers = secretMakers(model, secretsOfTeam(model, name), environment);
  const routes = notificationsIn(model, environment, name).some((each) => hasRoute(model, each)) ? routing(model) : [];
  return {
    name: `tenant-${name}`,
    dependsOn: unique([...wanted, ...makers, ...routes, 'infrastructure']),
    timeout: shortTimeout,
  };
}

/**
 * The Kustomizations of the platform's notifications. They wait for no component, so that they tell of one that fails; only
 * the way in for webhooks needs a Gateway.
 */
export function notificationChildren(model: Model, environment: string): Child[] {
  const here = notificationsIn(model, environment);
  if (here.length === 0) return [];
  const secrets = secretsOfNotifications(model, here);
  const release: Child = {
    name: 'notifications',
    part: 'release',
    dependsOn: secretMakers(model, secrets, environment),
    timeout: shortTimeout,
  };
  const config: Child = {
    name: 'notifications-config',
    part: 'config',
    dependsOn: unique(['notifications', ...routing(model)]),
    timeout: shortTimeout,
  };
  return here.some((notification) => hasRoute(model, notification)) ? [release, config] : [release];
}

/** Names of the children that `infrastructure` answers for: others may be broken without stopping the apps. */
export function requiredChildren(model: Model, environment: string): string[] {
  return Object.keys(model.components)
    .filter((name) => model.components[name]?.required ?? catalogue.get(name)?.required ?? false)
    .flatMap((name) => componentChildren(model, name, environment).map((child) => child.name))
    .sort();
}

/** How long the longest chain of children may take, in seconds: each waits for the ones it depends on. */
export function longestChain(children: readonly Child[]): number {
  const known = new Map<string, number>();
  const finish = (name: string): number => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const child = children.find((candidate) => candidate.name === name);
    if (child === undefined) return 0;
    const total = seconds(child.timeout) + Math.max(0, ...child.dependsOn.map(finish));
    known.set(name, total);
    return total;
  };
  return Math.max(0, ...children.map((child) => finish(child.name)));
}

/** What must be ready before a Secret can be made by the strategy: its CRDs, its controller, its store. */
export function carrierChildren(model: Model): string[] {
  const carrier = carrierOf(strategyOf(model));
  return carrier === undefined ? [] : lastChild(model, carrier);
}

/** The same for a unit, if it has Secrets in that environment. */
function secretMakers(model: Model, secrets: App['secrets'], environment: string): string[] {
  const isNeeded = Object.values(secrets ?? {}).some(({ environments }) => environments.includes(environment));
  return isNeeded ? carrierChildren(model) : [];
}

/** The child that stands for the whole component: what waits for it waits for everything. */
function lastChild(model: Model, component: string): string[] {
  if (model.components[component]?.provided === true) return [];
  return [hasConfig(model, component) ? `${component}-config` : component];
}

/** What must be ready before an HTTPRoute is of use: the Gateway, or at least the CRD. */
function routing(model: Model): string[] {
  const offer = offerOf(model, 'gateway', true) ?? offerOf(model, 'routes', true);
  return offer === undefined ? [] : lastChild(model, offer.component);
}

/** Whether a component is here and its removal has not begun. */
function isStaying(model: Model, component: string): boolean {
  const found = model.components[component];
  return found !== undefined && found.removing === undefined;
}

function hasConfig(model: Model, component: string): boolean {
  return partsOf(model, component).includes('config');
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
