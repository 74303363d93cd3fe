import type { Model } from '../model/model.ts';
import type { RepoPath } from '../tree/repo-path.ts';

/** For whom an encrypted file is, by the folder it is in: one environment's clusters, or one cluster. */
export type Audience = { environment: string } | { cluster: string };

/** The folders that belong to one environment or one cluster; undefined for a file in any other place. */
export function meantFor(path: RepoPath): Audience | undefined {
  const environment = /^(?:apps|infrastructure|tenants)\/overlays\/([^/]+)\//.exec(path)?.[1];
  if (environment !== undefined) return { environment };
  const cluster = /^secrets\/([^/]+)\//.exec(path)?.[1];
  return cluster === undefined ? undefined : { cluster };
}

/** Whether a cluster is among them. */
export function isFor(model: Model, audience: Audience, cluster: string): boolean {
  if ('cluster' in audience) return audience.cluster === cluster;
  return model.clusters[cluster]?.environment === audience.environment;
}

/** `environment staging`, `cluster eu`. */
export function shownAudience(audience: Audience): string {
  return 'cluster' in audience ? `cluster ${audience.cluster}` : `environment ${audience.environment}`;
}
