import type { BuiltObject } from '../kustomize/build-kustomization.ts';
import type { Origin } from '../kustomize/resource.ts';
import { scopeOf } from '../schema/scope-of.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { fieldOf, type JsonObject } from '../yaml/json-value.ts';
import { textAt, valueAt } from '../yaml/value-at.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { CheckedKustomization, ClusterObject } from './checked-repository.ts';
import type { Place, SourceDocument, SourceFile } from './source-files.ts';

/** @param value the object after substitution */
export function clusterObject(
  files: ReadonlyMap<RepoPath, SourceFile>,
  built: BuiltObject,
  value: JsonObject,
  owner: CheckedKustomization,
  hasVariables: boolean,
): ClusterObject {
  const { origins } = built;
  const apiVersion = textAt(value, ['apiVersion']) ?? '';
  const kind = textAt(value, ['kind']) ?? '';
  const name = String(fieldOf(value.metadata, 'name') ?? '');
  const isClusterScoped = scopeOf(apiVersion, kind) === 'Cluster';
  const namespace = isClusterScoped ? '' : String(fieldOf(value.metadata, 'namespace') ?? '');
  return {
    id: `${kind}/${namespace}/${name}`,
    apiVersion,
    kind,
    namespace,
    name,
    value,
    hasVariables,
    owner,
    origins,
    placeOf: (path) => bestPlace(files, origins, path),
  };
}

/** The last patch that has a path, else the document the object was born in. */
export function bestPlace(
  files: ReadonlyMap<RepoPath, SourceFile>,
  origins: readonly Origin[],
  path: YamlPath,
): Required<Place> {
  const [birth, ...patches] = origins;
  for (const { file, document } of path.length === 0 ? [] : patches.toReversed()) {
    const found = documentOf(files, file, document);
    if (found && isManifest(found) && valueAt(found.value, path) !== undefined) return found.placeOf(path);
  }
  if (birth === undefined) return { file: '.', line: 1, column: 1 };
  const own = documentOf(files, birth.file, birth.document);
  return own && isManifest(own) ? own.placeOf(path) : { file: birth.file, line: birth.line, column: 1 };
}

function documentOf(
  files: ReadonlyMap<RepoPath, SourceFile>,
  file: RepoPath,
  index: number,
): SourceDocument | undefined {
  return files.get(file)?.documents.find((document) => document.index === index);
}

/** Not a kustomization file, whose generators and inline patches have other paths. */
function isManifest({ value }: SourceDocument): boolean {
  return (
    textAt(value, ['kind']) !== undefined && !textAt(value, ['apiVersion'])?.startsWith('kustomize.config.k8s.io/')
  );
}
