/** A Kubernetes cluster with real Flux controllers, for one test file. */
export interface Cluster {
  /** Runs a program with the cluster's own tools and kubeconfig; answers its stdout. Fails when the program does. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<string>;
  /**
   * Commits a repository's work tree to the cluster's git server, points Flux at it and waits until all is ready.
   * `check` must agree: what becomes ready has no errors.
   * @returns every Flux object of every namespace
   * @throws Error naming what `check` finds, or what does not get ready, and why
   */
  sync(folder: string, options: SyncOptions): Promise<FluxObject[]>;
  /** The same without asking `check` and without waiting: for what is not to become ready. */
  push(folder: string, options: SyncOptions): Promise<void>;
  /** A chart that stands in for one of the internet. A packed one is in the OCI registry only. */
  publishChart(chart: StandInChart): Promise<void>;
  /** A git repository with one commit, tagged, that stands in for one of the internet. */
  publishGit(name: string, folder: string, tag: string): Promise<void>;
  /**
   * Where the stand-ins are, in the form that `rewrites` of `sync` takes; `webhooks` is where notification-controller listens to
   * them.
   */
  places: { helm: string; oci(chart: string): string; git(name: string): string; webhooks: string };
  down(): Promise<void>;
}

export interface RunOptions {
  folder?: string;
  /** Beside the variables of this process. */
  env?: Readonly<Record<string, string>>;
}

export interface SyncOptions {
  /** The cluster's folder in the repository, for example `clusters/production`. */
  path: string;
  /** What is pushed has `to` where the repository has `from`; the repository itself is not changed. */
  rewrites?: readonly Rewrite[];
  /** Controllers beyond those that Flux installs by default. */
  controllers?: readonly string[];
  /** By the real `flux bootstrap git` instead of by its description. */
  bootstrap?: boolean;
}

export interface Rewrite {
  from: string;
  to: string;
}

export interface FluxObject {
  kind: string;
  namespace: string;
  name: string;
  ready: 'True' | 'False' | 'Unknown' | 'Suspended';
  reason: string;
  message: string;
  revision: string;
}

export interface StandInChart {
  name: string;
  version: string;
  /** The chart as Helm packs it; without, one that makes a Deployment and a ConfigMap RELEASE-values with its values. */
  packed?: Uint8Array;
}
