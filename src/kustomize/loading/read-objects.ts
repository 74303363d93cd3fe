import type { RepoPath } from '../../tree/repo-path.ts';
import type { Tree } from '../../tree/tree.ts';
import { cloneJson, fieldOf, isJsonObject, type JsonObject, type JsonValue, setField } from '../../yaml/json-value.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import { BuildFailure } from '../build-failure.ts';
import { textOf } from '../object-id.ts';
import type { Resource } from '../resource.ts';
import { sourceText } from './line-of.ts';
import { parsedFile } from './parsed-files.ts';
import { readText } from './read-text.ts';

/** Annotations in which kustomize's own tools keep notes while they work; it drops them from what it is given. */
const ownNotes = [
  'config.kubernetes.io/index',
  'config.kubernetes.io/path',
  'config.k8s.io/id',
  'kustomize.config.k8s.io/id',
];

/**
 * The objects in a file, each a copy; lists (`kind: …List` with items) are taken apart.
 * @throws BuildFailure for what is no object: without a kind or a name
 */
export function readObjects(tree: Tree, file: RepoPath): Resource[] {
  const documents = parsedFile(tree, file);
  return documents.flatMap(({ value, index, line }) =>
    objectsIn(value, { file, line }).map((object) => ({
      value: withTextAnnotations(object, (path) => sourceText(readText(tree, file), index, path)),
      origins: [{ file, document: index, line }],
      previous: [],
      prefixes: [],
      suffixes: [],
      needsHash: false,
      provenance: { origin: [`path: ${file}`] },
    })),
  );
}

function objectsIn(value: JsonValue, place: { file: RepoPath; line: number }): JsonObject[] {
  if (value === null || (isJsonObject(value) && Object.keys(value).length === 0)) return [];
  if (!isJsonObject(value))
    throw new BuildFailure('no-object', 'this is no Kubernetes object', 'Write apiVersion, kind and metadata.', place);
  const kind = textOf(value.kind);
  const items = fieldOf(value, 'items');
  if (kind.endsWith('List') && Array.isArray(items)) {
    // The items of lists in a list come after the others.
    const isList = (item: JsonValue) => textOf(fieldOf(item, 'kind')).endsWith('List');
    return [...items.filter((item) => !isList(item)), ...items.filter(isList)].flatMap((item) =>
      objectsIn(item, place),
    );
  }
  if (kind === '') throw new BuildFailure('no-kind', 'an object here has no kind', 'Add kind and apiVersion.', place);
  if (textOf(fieldOf(value.metadata, 'name')) === '' && kind !== 'List')
    throw new BuildFailure('no-name', `a ${kind} here has no name`, 'Add metadata.name.', place);
  return [value];
}

/** A copy in which annotations are text, as kustomize writes them all. */
function withTextAnnotations(object: JsonObject, sourceAt: (path: YamlPath) => string | undefined): JsonObject {
  const copy = cloneJson(object);
  const annotations = fieldOf(copy.metadata, 'annotations');
  if (!isJsonObject(copy.metadata)) return copy;
  if (annotations === null || annotations === '') delete copy.metadata.annotations;
  if (!isJsonObject(annotations)) return copy;
  const written = (name: string, value: JsonValue) => sourceAt(['metadata', 'annotations', name]) ?? String(value);
  for (const [name, value] of Object.entries(annotations)) {
    if (ownNotes.includes(name) || name.startsWith('internal.config.kubernetes.io/')) delete annotations[name];
    else if (typeof value !== 'string' && typeof value !== 'object') setField(annotations, name, written(name, value));
    else if (value === null) setField(annotations, name, written(name, value));
  }
  if (Object.keys(annotations).length === 0) delete copy.metadata.annotations;
  return copy;
}
