import type { Cluster } from './cluster.ts';

/** As far as tests look into one. */
export interface ClusterObject {
  metadata: {
    name: string;
    creationTimestamp: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  data?: Record<string, string>;
  rules?: { apiGroups?: string[]; resources?: string[]; verbs: string[] }[];
}

/**
 * One object of the cluster; undefined when it is not there.
 * @param kind as kubectl takes it, with its group where the name alone is ambiguous
 * @param name `namespace/name`, or the name alone for what has no namespace
 */
export async function objectAt(cluster: Cluster, kind: string, name: string): Promise<ClusterObject | undefined> {
  const [namespace, own] = name.includes('/') ? name.split('/') : [undefined, name];
  const where = namespace === undefined ? [] : ['--namespace', namespace];
  const found = await cluster.run('kubectl', ['get', kind, own ?? '', ...where, '--ignore-not-found', '--output=json']);
  return found === '' ? undefined : (JSON.parse(found) as ClusterObject); // `kubectl get` with one name
}

/** Names of all objects of a kind, as `namespace/name` where they have a namespace; in order. */
export async function namesOf(cluster: Cluster, kind: string): Promise<string[]> {
  const columns = 'custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name';
  const table = await cluster.run('kubectl', ['get', kind, '--all-namespaces', '--no-headers', `--output=${columns}`]);
  return table
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.trim().split(/\s+/).join('/').replace('<none>/', ''))
    .sort();
}

/** Asks again until the answer is the wanted one, at most 60 seconds; answers the last answer. */
export async function eventually<Answer>(wanted: Answer, ask: () => Promise<Answer>): Promise<Answer> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (answer === wanted || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
