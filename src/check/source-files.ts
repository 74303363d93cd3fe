import { placeAt } from '../graph/place-at.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { JsonValue } from '../yaml/json-value.ts';
import { openYaml } from '../yaml/yaml-file.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import { type ReadDocuments, readDocuments, type SourceFault } from './read-documents.ts';

/** Where something stands: line and column are 1-based, absent where only the file is meant. */
export interface Place {
  file: RepoPath;
  line?: number;
  column?: number;
}

/** One document of a file. */
export interface SourceDocument {
  /** 0-based, among all documents of the file, empty ones too. */
  index: number;
  /** 1-based line on which the value begins. */
  line: number;
  /** As Kubernetes' tools read it; null for an empty document. Shared: not to be changed. */
  value: JsonValue;
  /** Where a path stands: its key, its item of a list; where the path ends early, its nearest parent. */
  placeOf(path: YamlPath): Required<Place>;
}

/** A YAML file, or a JSON file with Kubernetes objects. Read when first looked into, positions when first asked for. */
export interface SourceFile {
  path: RepoPath;
  /** Empty when it cannot be read, or is no text. */
  readonly text: string;
  /** Those that can be read. */
  readonly documents: readonly SourceDocument[];
  /** Why the others cannot. */
  readonly faults: readonly SourceFault[];
}

/**
 * The files that `check` looks at. Left out are our own bookkeeping, other programs' packages, and the templates of
 * Helm charts, which are YAML only once they are rendered.
 *
 * @param paths of the repository's files, whatever they hold
 */
export function sourceFiles(tree: Tree, paths: readonly RepoPath[]): ReadonlyMap<RepoPath, SourceFile> {
  const charts = new Set(paths.filter((path) => /(^|\/)Chart\.ya?ml$/.test(path)).map((path) => folderOf(path)));
  const isTemplate = (path: RepoPath) =>
    path.includes('templates/') &&
    [...path.matchAll(/(^|\/)templates\//g)].some(({ index }) => charts.has(path.slice(0, index)));
  return new Map(
    paths.filter((path) => isSource(path) && !isTemplate(path)).map((path) => [path, sourceFile(tree, path)]),
  );
}

function isSource(path: RepoPath): boolean {
  if (!/\.(ya?ml|json)$|(^|\/)Kustomization$/.test(path)) return false;
  return !/^\.flux-repo\/|(^|\/)(\.git|node_modules)\//.test(path);
}

function folderOf(path: RepoPath): RepoPath {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function sourceFile(tree: Tree, path: RepoPath): SourceFile {
  let known: ReadDocuments | undefined;
  let documents: readonly SourceDocument[] | undefined;
  const read = () => {
    known ??= readDocuments(tree, path);
    return known;
  };
  return {
    path,
    get text() {
      return read().text;
    },
    get faults() {
      return read().faults;
    },
    get documents() {
      documents ??= withPlaces(path, read());
      return documents;
    },
  };
}

function withPlaces(file: RepoPath, { text, documents }: ReadDocuments): SourceDocument[] {
  let opened: ReturnType<typeof openYaml> | undefined;
  return documents.map((document) => ({
    ...document,
    placeOf(path) {
      if (path.length === 0) return { file, line: document.line, column: 1 };
      opened ??= openYaml(text, file);
      const positioned = opened.documents[document.index];
      return positioned === undefined
        ? { file, line: document.line, column: 1 }
        : { ...placeAt(positioned, path), file };
    },
  }));
}
