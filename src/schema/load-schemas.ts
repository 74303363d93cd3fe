import { kustomizationSchemas } from './kustomization-schemas.ts';
import type { KindSchema, Schema, SchemaFile, SchemaLookup } from './schema.ts';
import { groupOf, isKnownGroup } from './scope-of.ts';

type Load = () => Promise<SchemaFile>;

const kubernetes: Load = async () => asSchemaFile(await import('./data/kubernetes.json'));

/** API group -> its file. Each is a chunk of its own, read when first asked for. */
const groups: Readonly<Record<string, Load>> = {
  'bitnami.com': async () => asSchemaFile(await import('./data/bitnami.com.json')),
  'cert-manager.io': async () => asSchemaFile(await import('./data/cert-manager.io.json')),
  'gateway.networking.k8s.io': async () => asSchemaFile(await import('./data/gateway.networking.k8s.io.json')),
  'helm.toolkit.fluxcd.io': async () => asSchemaFile(await import('./data/helm.toolkit.fluxcd.io.json')),
  'image.toolkit.fluxcd.io': async () => asSchemaFile(await import('./data/image.toolkit.fluxcd.io.json')),
  'kustomize.config.k8s.io': async () => kustomizationSchemas,
  'kustomize.toolkit.fluxcd.io': async () => asSchemaFile(await import('./data/kustomize.toolkit.fluxcd.io.json')),
  'notification.toolkit.fluxcd.io': async () =>
    asSchemaFile(await import('./data/notification.toolkit.fluxcd.io.json')),
  'source.extensions.fluxcd.io': async () => asSchemaFile(await import('./data/source.extensions.fluxcd.io.json')),
  'source.toolkit.fluxcd.io': async () => asSchemaFile(await import('./data/source.toolkit.fluxcd.io.json')),
};

/** The API groups that have a file of their own; the groups of Kubernetes itself share one. */
export const groupsWithFile: readonly string[] = Object.keys(groups);

/**
 * Loads the schemas that objects of these API versions need; groups we have none for are passed over.
 *
 * @param apiVersions as in manifests: `v1`, `apps/v1`, `helm.toolkit.fluxcd.io/v2`
 */
export async function loadSchemas(apiVersions: Iterable<string>): Promise<SchemaLookup> {
  const loads = new Set<Load>();
  for (const apiVersion of new Set(apiVersions)) {
    const group = groupOf(apiVersion);
    const load = groups[group] ?? (isKnownGroup(group) ? kubernetes : undefined);
    if (load) loads.add(load);
  }
  return schemaLookup(await Promise.all([...loads].map((load) => load())));
}

/** Loads every schema there is. */
export async function loadAllSchemas(): Promise<SchemaLookup> {
  return schemaLookup(await Promise.all([...Object.values(groups), kubernetes].map((load) => load())));
}

function schemaLookup(files: readonly SchemaFile[]): SchemaLookup {
  const known = new Map<string, KindSchema>();
  for (const file of files) {
    const resolve = (schema: Schema): Schema =>
      schema.$ref === undefined ? schema : (file.$defs[schema.$ref.slice('#/$defs/'.length)] ?? {});
    for (const [apiVersion, kinds] of Object.entries(file.kinds))
      for (const [kind, root] of Object.entries(kinds))
        known.set(`${apiVersion} ${kind}`, { root: resolve(root), resolve });
  }
  return { find: (apiVersion, kind) => known.get(`${apiVersion} ${kind}`) };
}

/** TypeScript infers the literal type of each JSON file; scripts/extract-schemas.mjs writes them all in one shape. */
function asSchemaFile(module: { default: unknown }): SchemaFile {
  return module.default as SchemaFile;
}
