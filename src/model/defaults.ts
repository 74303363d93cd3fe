import type { Draft, Layout } from './model.ts';
import { developmentIntervals } from './settings.ts';

/** Clusters of a repository for which nobody named any; each is of the environment of its own name. */
export const defaultClusters: Record<Layout, readonly string[]> = {
  standard: ['production', 'staging'],
  'multi-tenant': ['production'],
  fleet: ['production', 'staging', 'development'],
};

export const defaultImage = 'nginx:1.27';

/** What a new environment begins with. People wait in front of a development environment: it is reconciled more often. */
export function environmentSettings(name: string): NonNullable<Draft['environments']>[string] {
  return name === 'development' || name === 'dev' ? { intervals: developmentIntervals } : {};
}
