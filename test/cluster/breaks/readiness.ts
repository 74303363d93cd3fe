import type { Cluster } from '../cluster.ts';

const kinds = [
  'kustomizations.kustomize.toolkit.fluxcd.io',
  'helmreleases.helm.toolkit.fluxcd.io',
  'imagepolicies.image.toolkit.fluxcd.io',
  'imageupdateautomations.image.toolkit.fluxcd.io',
];

interface Listed {
  items: {
    kind: string;
    metadata: { name: string; namespace: string };
    status?: { conditions?: { type: string; status: string; reason: string; message: string }[] };
  }[];
}

/** What Flux' objects say of themselves, by `kind/namespace/name`: `status reason: message` of the condition Ready. */
export async function readiness(cluster: Cluster): Promise<ReadonlyMap<string, string>> {
  const found = await cluster.run('kubectl', ['get', kinds.join(','), '--all-namespaces', '--output=json']);
  const { items } = JSON.parse(found) as Listed; // a list of what Flux' controllers report
  return new Map(
    items.map(({ kind, metadata, status }) => {
      const ready = status?.conditions?.find(({ type }) => type === 'Ready');
      const said = ready === undefined ? 'not ready yet' : `${ready.status} ${ready.reason}: ${ready.message}`;
      return [`${kind}/${metadata.namespace}/${metadata.name}`, said];
    }),
  );
}
