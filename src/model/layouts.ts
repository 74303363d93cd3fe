import type { KeyScope, Layout } from './model.ts';

/** What differs between layouts; everything else is the same in all of them. */
export interface LayoutTrait {
  /** Clusters of a repository for which nobody named any; each is of the environment of its own name. */
  clusters: readonly string[];
  /** What one key opens, unless the model says otherwise. */
  keyScope: KeyScope;
  /** The file of `clusters/<cluster>` that holds an object: one each, or one file that is all there is to a cluster. */
  clusterFile(object: 'cluster-vars' | 'infrastructure' | 'apps'): string;
}

/** A new layout is a row here, and templates. */
export const layoutTraits: Readonly<Record<Layout, LayoutTrait>> = {
  standard: {
    clusters: ['production', 'staging'],
    keyScope: 'cluster',
    clusterFile: (object) => `${object}.yaml`,
  },
  'multi-tenant': {
    clusters: ['production'],
    keyScope: 'cluster',
    clusterFile: (object) => `${object}.yaml`,
  },
  fleet: {
    clusters: ['production', 'staging', 'development'],
    // Clusters of an environment share its key, so that one more of them re-encrypts nothing.
    keyScope: 'environment',
    clusterFile: () => 'cluster-config.yaml',
  },
};
