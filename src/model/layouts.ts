import type { RepoPath } from '../tree/repo-path.ts';
import type { KeyScope, Layout } from './model.ts';

/** What differs between layouts; everything else is the same in all of them. */
export interface LayoutTrait {
  /** Clusters of a repository for which nobody named any; each is of the environment of its own name. */
  clusters: readonly string[];
  /** What one key opens, unless the model says otherwise. */
  keyScope: KeyScope;
  /** The file of `clusters/<cluster>` that holds an object: one each, or one file that is all there is to a cluster. */
  clusterFile(object: 'cluster-vars' | 'infrastructure' | 'apps' | 'tenants'): string;
  /** Whether people who choose it have teams in mind. */
  isForTeams: boolean;
  /** Whether a team may be on some clusters of an environment only. */
  teamsChooseClusters: boolean;
  /** The file with the platform's Kustomization of a team. */
  tenantFile(place: { cluster: string; environment: string; team: string }): RepoPath;
  /** Whether those Kustomizations are listed in an overlay, which each cluster of the environment applies. */
  sharesTenants: boolean;
}

/** Everything of a cluster in files of its own. */
const perCluster: Pick<LayoutTrait, 'clusterFile' | 'teamsChooseClusters' | 'tenantFile' | 'sharesTenants'> = {
  clusterFile: (object) => `${object}.yaml`,
  teamsChooseClusters: true,
  tenantFile: ({ cluster, team }) => `clusters/${cluster}/tenants/${team}.yaml`,
  sharesTenants: false,
};

/** A new layout is a row here, and templates. */
export const layoutTraits: Readonly<Record<Layout, LayoutTrait>> = {
  standard: {
    clusters: ['production', 'staging'],
    isForTeams: false,
    keyScope: 'cluster',
    ...perCluster,
  },
  'multi-tenant': {
    clusters: ['production'],
    isForTeams: true,
    keyScope: 'cluster',
    ...perCluster,
  },
  fleet: {
    clusters: ['production', 'staging', 'development'],
    isForTeams: true,
    // Clusters of an environment share its key, so that one more of them re-encrypts nothing.
    keyScope: 'environment',
    clusterFile: () => 'cluster-config.yaml',
    teamsChooseClusters: false,
    tenantFile: ({ environment, team }) => `tenants/overlays/${environment}/${team}.yaml`,
    sharesTenants: true,
  },
};
