import type { UnitId } from '../plan/entry.ts';
import type { Model } from './model.ts';

/** Model maps whose entries are units, with the unit's kind. */
const kinds = {
  clusters: 'cluster',
  environments: 'environment',
  components: 'component',
  apps: 'app',
  teams: 'team',
  notifications: 'notification',
} as const;

export type UnitKind = (typeof kinds)[keyof typeof kinds];
export type UnitMap = keyof typeof kinds;

/** `app-web` is the app `web`. */
export function kindOfUnit(unit: Exclude<UnitId, 'repository'>): { kind: UnitKind; name: string } {
  const dash = unit.indexOf('-');
  const kind = Object.values(kinds).find((known) => known === unit.slice(0, dash));
  if (kind === undefined) throw new Error(`no kind of unit: ${unit}`);
  return { kind, name: unit.slice(dash + 1) };
}

/** The model's map that holds units of a kind. */
export function mapOfKind(kind: UnitKind): UnitMap {
  const maps: Record<UnitKind, UnitMap> = {
    cluster: 'clusters',
    environment: 'environments',
    component: 'components',
    app: 'apps',
    team: 'teams',
    notification: 'notifications',
  };
  return maps[kind];
}

/** A unit in a sentence: `app web`; the repository is what is shared. */
export function shownUnit(unit: UnitId): string {
  if (unit === 'repository') return 'the repository';
  const { kind, name } = kindOfUnit(unit);
  return `${kind} ${name}`;
}

/** The order of names everywhere we write them: by code unit, the same on every machine and in every locale. */
export function inOrder<Value>(map: Record<string, Value> | undefined): [string, Value][] {
  return Object.entries(map ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Every unit of a repository and its part of the model, `repository` first. */
export function unitsOf(model: Model): { unit: UnitId; part: unknown }[] {
  const { clusters, environments, components, apps, teams, notifications, ...repository } = model;
  const maps = { clusters, environments, components, apps, teams, notifications };
  const named = Object.entries(kinds).flatMap(([map, kind]) =>
    inOrder<unknown>(maps[map as keyof typeof maps]).map(([name, part]) => ({
      unit: `${kind}-${name}` as const,
      part,
    })),
  );
  return [{ unit: 'repository', part: repository }, ...named];
}

/** The environments that some cluster is of, in order. Others are in the model only. */
export function livingEnvironments(model: Model): string[] {
  return [...new Set(Object.values(model.clusters).map((cluster) => cluster.environment))].sort();
}

/** Names of the clusters of an environment, in order. */
export function clustersOf(model: Model, environment: string): string[] {
  return inOrder(model.clusters)
    .filter(([, cluster]) => cluster.environment === environment)
    .map(([name]) => name);
}
