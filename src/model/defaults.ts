import type { Layout } from './model.ts';

/** Clusters of a repository for which nobody named any; each is of the environment of its own name. */
export const defaultClusters: Record<Layout, readonly string[]> = {
  standard: ['production', 'staging'],
  'multi-tenant': ['production'],
  fleet: ['production', 'staging', 'development'],
};

export const defaultImage = 'nginx:1.27';
