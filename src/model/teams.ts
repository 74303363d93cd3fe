import type { Model, Team } from './model.ts';
import { strategyOf } from './settings.ts';
import type { TeamRights } from './team-fields.ts';
import { inOrder } from './units.ts';

/** A cluster that a team is on, and the environment whose overlay it gets. */
export interface TeamPlace {
  cluster: string;
  environment: string;
}

/** Where a team is, in the order of clusters: on those that it names, on those of its environments, or on all. */
export function placesOf(
  model: Model,
  { clusters, environments }: Pick<Team, 'clusters' | 'environments'>,
): TeamPlace[] {
  return inOrder(model.clusters)
    .filter(([cluster]) => clusters === undefined || clusters.includes(cluster))
    .filter(([, { environment }]) => environments === undefined || environments.includes(environment))
    .map(([cluster, { environment }]) => ({ cluster, environment }));
}

/** The environments in which a team is on some cluster, in order: there it has an overlay. */
export function environmentsOf(model: Model, team: Pick<Team, 'clusters' | 'environments'>): string[] {
  return [...new Set(placesOf(model, team).map(({ environment }) => environment))].sort();
}

/** Names of the teams on a cluster, in order. Looks at no other cluster: it is asked for each of a thousand. */
export function teamsOn(model: Model, cluster: string): string[] {
  const environment = model.clusters[cluster]?.environment;
  if (environment === undefined) return [];
  return inOrder(model.teams)
    .filter(([, { clusters }]) => clusters?.includes(cluster) ?? true)
    .filter(([, { environments }]) => environments?.includes(environment) ?? true)
    .map(([name]) => name);
}

/** Names of the teams that have an overlay in an environment, in order. */
export function teamsIn(model: Model, environment: string): string[] {
  const isOfIt = (cluster: string) => model.clusters[cluster]?.environment === environment;
  const isLiving = Object.keys(model.clusters).some(isOfIt);
  return inOrder(model.teams)
    .filter(([, { environments }]) => isLiving && (environments?.includes(environment) ?? true))
    .filter(([, { clusters }]) => clusters?.some(isOfIt) ?? true)
    .map(([name]) => name);
}

/** What a team may do in its namespace: what the model says, or what is usual here. */
export function rightsOf(model: Model, { rights }: Pick<Team, 'rights'>): TeamRights {
  return rights ?? usualRights(model);
}

/**
 * What a team may do when nobody says. External Secrets' chart gives its kinds to the role `admin`, and whoever may write
 * an ExternalSecret reads everything that the platform's store has.
 */
export function usualRights(model: Model): TeamRights {
  return strategyOf(model) === 'external-secrets' ? 'namespace' : 'admin';
}
