import { loadAllSchemas } from '../../src/schema/load-schemas.ts';
import { validateObject } from '../../src/schema/validate-object.ts';
import { clusterObjects, clustersIn } from './cluster-objects.ts';
import { identityOf, type Manifest, manifestsIn, textAt } from './manifest.ts';
import type { RepositoryTree } from './repository-tree.ts';

const schemas = await loadAllSchemas();

/** What an API server of Flux 2.9 would refuse, in objects and kustomizations; patches are judged by what they lead to. */
export function invalidObjects(tree: RepositoryTree): string[] {
  const kustomizations = [...tree.keys()].filter((path) => path.endsWith('/kustomization.yaml'));
  const objects = clustersIn(tree).flatMap((cluster) => clusterObjects(tree, cluster).objects);
  // Clusters of one environment share its files: one look at each document is enough.
  const documents = new Map(objects.map((object) => [`${object.file} ${identityOf(object)}`, object]));
  return invalidManifests([...documents.values(), ...kustomizations.flatMap((path) => manifestsIn(tree, path))]);
}

/** The same for objects of another origin, such as a build of kustomize. */
export function invalidManifests(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap(({ file, value }) =>
    findingsOf(value).map(
      ({ rule, message }) =>
        `${file}: ${textAt(value, 'kind')} ${textAt(value, 'metadata', 'name')}: ${message} (${rule})`,
    ),
  );
}

/** Nothing here knows the kinds of External Secrets; the conformance lane holds them against their CRDs. */
function findingsOf(value: Manifest['value']) {
  const isUnknown = textAt(value, 'apiVersion') === 'external-secrets.io/v1';
  return validateObject(value, schemas, { variables: true }).filter(
    ({ rule }) => !(isUnknown && rule === 'schema/no-schema'),
  );
}
