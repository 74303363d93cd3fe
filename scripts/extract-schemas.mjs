// Writes src/schema/data/: the schemas of Flux, Kubernetes, Gateway API, cert-manager and Sealed Secrets, without descriptions;
// and src/kustomize/data/: how kustomize merges the lists of Kubernetes' kinds.
// Needs Go, for its module cache and checksum database. The same versions give the same bytes.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { amendArtifactGenerator } from './schemas/amend-artifact-generator.mjs';
import { crdKinds } from './schemas/crd-schemas.mjs';
import { goModuleFolder } from './schemas/go-module.mjs';
import { readKubernetes } from './schemas/kubernetes-schemas.mjs';
import { readKustomizeSchemas } from './schemas/kustomize-schemas.mjs';
import { shareSchemas } from './schemas/share-schemas.mjs';

const kubernetes = { module: 'k8s.io/kubernetes', version: 'v1.34.4', folder: 'api/openapi-spec/v3' };

/** The release whose schemas kustomize v5.8.1 has built in. */
const kustomize = { module: 'k8s.io/kubernetes', version: 'v1.21.2', folder: 'api/openapi-spec' };

/** The controllers of Flux 2.9.4; for source-watcher see schemas/amend-artifact-generator.mjs. */
const customResources = [
  { module: 'github.com/fluxcd/source-controller', version: 'v1.9.4', folder: 'config/crd/bases' },
  { module: 'github.com/fluxcd/kustomize-controller', version: 'v1.9.4', folder: 'config/crd/bases' },
  { module: 'github.com/fluxcd/helm-controller', version: 'v1.6.3', folder: 'config/crd/bases' },
  { module: 'github.com/fluxcd/notification-controller', version: 'v1.9.3', folder: 'config/crd/bases' },
  { module: 'github.com/fluxcd/image-reflector-controller', version: 'v1.2.4', folder: 'config/crd/bases' },
  { module: 'github.com/fluxcd/image-automation-controller', version: 'v1.2.4', folder: 'config/crd/bases' },
  { module: 'github.com/fluxcd/source-watcher/v2', version: 'v2.2.2', folder: 'config/crd/bases' },
  {
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.6.1',
    folder: 'config/crd/standard',
    kinds: ['GatewayClass', 'Gateway', 'HTTPRoute', 'GRPCRoute', 'ReferenceGrant'],
  },
  {
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.21.2',
    folder: 'deploy/crds',
    kinds: ['Issuer', 'ClusterIssuer', 'Certificate'],
  },
  { module: 'github.com/bitnami-labs/sealed-secrets', version: 'v0.36.6', folder: 'helm/sealed-secrets/crds' },
];

const target = 'src/schema/data';
const kustomizeTarget = 'src/kustomize/data';
const builtIn = readKubernetes(join(goModuleFolder(kubernetes), kubernetes.folder));
const custom = customResources.flatMap((source) =>
  crdKinds(join(goModuleFolder(source), source.folder), builtIn.metadata, source.kinds),
);
for (const row of custom) if (row.kind === 'ArtifactGenerator') amendArtifactGenerator(row.schema);

mkdirSync(target, { recursive: true });
for (const file of readdirSync(target)) rmSync(join(target, file));
for (const group of [...new Set(custom.map((row) => row.group))].sort())
  write(
    `${group}.json`,
    shareSchemas(
      byApiVersion(
        custom.filter((row) => row.group === group),
        (row) => row.schema,
      ),
    ),
  );
write('kubernetes.json', shareSchemas(byApiVersion(builtIn.kinds, (row) => row.schema)));
write(
  'scopes.json',
  byApiVersion([...builtIn.kinds, ...custom], (row) => row.scope),
);
writeFileSync(join(target, 'NOTICE'), notice([kubernetes, ...customResources]));
mkdirSync(kustomizeTarget, { recursive: true });
write(
  'merge-keys.json',
  readKustomizeSchemas(join(goModuleFolder(kustomize), kustomize.folder, 'swagger.json')),
  kustomizeTarget,
);
writeFileSync(join(kustomizeTarget, 'NOTICE'), notice([kustomize]));

/** @returns apiVersion -> kind -> what `pick` takes of the row, sorted */
function byApiVersion(rows, pick) {
  const result = {};
  const idOf = ({ group, version }) => (group ? `${group}/${version}` : version);
  const sorted = rows.toSorted((a, b) => (`${idOf(a)} ${a.kind}` < `${idOf(b)} ${b.kind}` ? -1 : 1));
  for (const row of sorted) {
    result[idOf(row)] ??= {};
    result[idOf(row)][row.kind] = pick(row);
  }
  return result;
}

function write(file, content, folder = target) {
  const text = `${JSON.stringify(content)}\n`;
  writeFileSync(join(folder, file), text);
  process.stdout.write(`${folder}/${file}: ${text.length} bytes, ${gzipSync(text).length} gzipped\n`);
}

function notice(modules) {
  const sources = modules.map(({ module, version, folder }) => `${module} ${version} (${folder})`);
  return `The .json files in this folder are derived from the schemas of these projects, each under the
Apache License 2.0 (https://www.apache.org/licenses/LICENSE-2.0), with descriptions left out:

${sources.join('\n')}

Kubernetes: Copyright The Kubernetes Authors. Gateway API: Copyright The Kubernetes Authors.
Flux: Copyright The Flux authors. cert-manager: Copyright The cert-manager Authors.

scripts/extract-schemas.mjs writes them.
`;
}
