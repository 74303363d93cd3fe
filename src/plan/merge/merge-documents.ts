import { isPlainMap } from '../../yaml/value-kinds.ts';
import type { YamlDocument, YamlFile } from '../../yaml/yaml-file.ts';
import type { YamlOperation } from '../../yaml/yaml-operation.ts';
import { stableJson } from '../stable-json.ts';
import { commentedLines } from './commented-lines.ts';
import { mergeNode } from './merge-node.ts';
import type { MergeConflict, Side } from './merge-result.ts';
import { indexAmong, type Merging, unknownBase } from './merging.ts';
import type { UserPaths } from './user-paths.ts';

/** A file's documents in three versions; `base` is undefined when nobody knows it. */
export interface FileVersions {
  base: YamlFile | undefined;
  ours: YamlFile;
  theirs: YamlFile;
}

/** What the merged file is to be, and the operations on ours that make it so. */
export interface MergedDocuments {
  values: unknown[];
  operations: YamlOperation[];
  conflicts: MergeConflict[];
  yielded: MergeConflict[];
}

/** How they are merged; see `YamlMerge`. */
export interface MergeRules {
  users: UserPaths;
  prefer: Side | undefined;
  takesUsers: boolean;
  /** Of a document that does not name its own. */
  kind: string;
}

interface Document {
  value: unknown;
  index: number;
}

type Documents = ReadonlyMap<string, Document>;

/**
 * Merges documents that are the same object: group, kind, namespace and name.
 * @returns undefined when the documents of a file cannot be told apart
 * @throws ExpectedError `yaml-syntax`
 */
export function mergeDocuments(files: FileVersions, rules: MergeRules): MergedDocuments | undefined {
  const all = [files.base, files.ours, files.theirs].filter((file) => file !== undefined);
  const identify = areLoneOfAKind(all) ? () => 'lone' : identityText;
  const [base, ours, theirs] = [files.base, files.ours, files.theirs].map((file) => file && byIdentity(file, identify));
  if (ours === undefined || theirs === undefined || (files.base !== undefined && base === undefined)) return undefined;
  const merged: MergedDocuments = { values: [], operations: [], conflicts: [], yielded: [] };
  const values = new Map<string, unknown>();
  const changed: string[] = [];
  const isOne = ours.size === 1 && theirs.size === 1;
  for (const id of new Set([...ours.keys(), ...theirs.keys()])) {
    const [own, wanted] = [ours.get(id), theirs.get(id)];
    const versions = {
      base: base === undefined ? unknownBase : base.get(id)?.value,
      ours: own?.value,
      theirs: wanted?.value,
    };
    const value = own?.value ?? wanted?.value;
    const merging: Merging = {
      kind: kindOf(value) ?? rules.kind,
      document: own?.index ?? 0,
      name: isOne ? undefined : nameOf(value),
      prefer: rules.prefer,
      takesUsers: rules.takesUsers,
      operations: merged.operations,
      linesOf: (path, part) => commentedLines(wanted && files.theirs.documents[wanted.index], path, part),
      conflicts: merged.conflicts,
      yielded: merged.yielded,
    };
    const result = mergeNode(merging, { path: [], theirs: [], at: [], keys: [], users: rules.users }, versions);
    if (result.value !== undefined) values.set(id, result.value);
    if (result.from !== 'theirs') continue;
    if (own === undefined || result.value === undefined) changed.push(id);
    else merged.operations.push({ op: 'set', path: [], value: result.value, document: own.index });
  }
  merged.values = rearrange(merged, { ours, theirs, values, changed, file: files.theirs });
  return merged;
}

/** Takes documents away and puts new ones in, in the file as it is after each step. */
function rearrange(
  { operations }: MergedDocuments,
  {
    ours,
    theirs,
    values,
    changed,
    file,
  }: {
    ours: Documents;
    theirs: Documents;
    values: ReadonlyMap<string, unknown>;
    changed: readonly string[];
    file: YamlFile;
  },
): unknown[] {
  const ids = [...ours.keys()];
  const order = [...theirs.keys()];
  for (const id of changed) {
    if (values.has(id)) continue;
    operations.push({ op: 'remove-document', document: ids.indexOf(id) });
    ids.splice(ids.indexOf(id), 1);
  }
  for (const id of order) {
    if (!changed.includes(id) || !values.has(id)) continue;
    const index = indexAmong(order, id, ids);
    const value = values.get(id);
    const lines = commentedLines(file.documents[theirs.get(id)?.index ?? -1], [], value);
    operations.push({ op: 'insert-document', value, at: index, ...(lines && { lines }) });
    ids.splice(index, 0, id);
  }
  return ids.filter((id) => values.has(id)).map((id) => values.get(id));
}

/** One document in each version, of one kind: then it is the same one, whatever its name is now. */
function areLoneOfAKind(files: readonly YamlFile[]): boolean {
  const kinds = files.map(({ documents: [first] }) => {
    const { group, kind } = first?.identity() ?? { group: '', kind: kindOf(first?.value()) };
    return stableJson([group, kind]);
  });
  return files.every(({ documents }) => documents.length === 1) && new Set(kinds).size === 1;
}

/** Without a name a kind is enough, where it is the only one. */
function identityText(document: YamlDocument): string {
  return stableJson(document.identity() ?? kindOf(document.value()) ?? null);
}

/** Undefined when two are alike. */
function byIdentity(file: YamlFile, identify: (document: YamlDocument) => string): Documents | undefined {
  const documents = new Map(
    file.documents.map((document, index) => [identify(document), { value: document.value(), index }]),
  );
  return documents.size === file.documents.length ? documents : undefined;
}

function kindOf(value: unknown): string | undefined {
  return isPlainMap(value) && typeof value.kind === 'string' ? value.kind : undefined;
}

function nameOf(value: unknown): string {
  const metadata = isPlainMap(value) && isPlainMap(value.metadata) ? value.metadata : {};
  return [kindOf(value) ?? 'document', metadata.name].filter((part) => typeof part === 'string').join(' ');
}
