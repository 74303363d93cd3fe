import { ExpectedError } from '../errors.ts';
import { parsedText } from '../kustomize/loading/parsed-files.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Contents, Tree } from '../tree/tree.ts';
import { readValues, type ValueDocument } from '../yaml/read-values.ts';
import { tooDeep, ValueFault } from '../yaml/value-fault.ts';
import { openYaml, type YamlDocument } from '../yaml/yaml-file.ts';

/** Why a file, or a document of it, cannot be read; the words are those of the rules `yaml/…`. */
export interface SourceFault {
  kind: 'conflict-marker' | 'duplicate-key' | 'nested' | 'syntax' | 'tab' | 'unreadable';
  message: string;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
}

/** What came of reading a file. */
export interface ReadDocuments {
  text: string;
  documents: readonly ValueDocument[];
  faults: readonly SourceFault[];
}

/** Characters. Beyond it a fault has a line but no column: the parser with positions is slow. */
const largestPositioned = 1024 * 1024;
const marker = /^<{7}( |$)/;

/** Reads all documents of a file that can be read, and says what is wrong with the others. Never throws for a file. */
export function readDocuments(tree: Tree, path: RepoPath): ReadDocuments {
  const contents = contentsOf(tree, path);
  if (typeof contents !== 'string') return { text: '', documents: [], faults: contents };
  // JSON is the format of many programs: only manifests are ours to judge
  if (path.endsWith('.json') && !/"apiVersion"\s*:/.test(contents))
    return { text: contents, documents: [], faults: [] };
  const markers = conflictMarkers(contents);
  if (markers.length > 0) return { text: contents, documents: [], faults: markers };
  const parsed = parsedText(tree, path, contents);
  if (parsed instanceof ValueFault) return { text: contents, ...documentByDocument(contents, parsed) };
  return { text: contents, documents: parsed, faults: [] };
}

function contentsOf(tree: Tree, path: RepoPath): string | SourceFault[] {
  const unreadable = (message: string): SourceFault[] => [{ kind: 'unreadable', message, line: 1, column: 1 }];
  let contents: Contents | undefined;
  try {
    contents = tree.read(path);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return unreadable([error.message, ...error.why].join(': '));
  }
  if (contents === undefined) return unreadable('it is not there');
  return typeof contents === 'string' ? contents : unreadable('it is no UTF-8 text');
}

function conflictMarkers(text: string): SourceFault[] {
  if (!text.includes('<<<<<<<')) return [];
  return text.split('\n').flatMap((content, row) =>
    marker.test(content.trimEnd())
      ? [
          {
            kind: 'conflict-marker',
            message: `a git conflict marker is left here: ${content.trim()}`,
            line: row + 1,
            column: 1,
          },
        ]
      : [],
  );
}

/** One document with a fault does not hide the others. */
function documentByDocument(text: string, whole: ValueFault): Pick<ReadDocuments, 'documents' | 'faults'> {
  const faults: SourceFault[] = [];
  const documents: ValueDocument[] = [];
  if (text.length > largestPositioned) return { documents, faults: [faultAt(whole.message, whole.line, 1)] };
  for (const [index, document] of openYaml(text).documents.entries()) {
    const { line: firstLine } = document.placeOf(0);
    try {
      for (const { value, line } of readValues(document.text))
        documents.push({ value, index, line: firstLine + line - 1 });
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error;
      faults.push(...positioned(document, error, firstLine));
    }
  }
  return { documents, faults };
}

/** The same with columns, where the other parser finds something too. */
function positioned(document: YamlDocument, fault: ValueFault, firstLine: number): SourceFault[] {
  try {
    if (fault.message === tooDeep) return [faultAt(tooDeep, firstLine + fault.line - 1, 1)];
    const found = document.problems().map(({ message, line = 1, column = 1 }) => faultAt(message, line, column));
    const twice = found.filter(({ kind }) => kind === 'duplicate-key');
    const [first] = found;
    if (first !== undefined) return twice.length > 0 ? twice : [onTab(document.text, firstLine, first)];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return [onTab(document.text, firstLine, faultAt(fault.message, firstLine + fault.line - 1, 1))];
}

function faultAt(message: string, line: number, column: number): SourceFault {
  if (message === tooDeep) return { kind: 'nested', message, line, column };
  return { kind: message.endsWith('is there twice') ? 'duplicate-key' : 'syntax', message, line, column };
}

/** What a parser says of a tab in the indentation is hard to understand. */
function onTab(text: string, firstLine: number, fault: SourceFault): SourceFault {
  const lines = text.split('\n');
  const rows = [fault.line - firstLine, fault.line - firstLine - 1].filter((row) => row >= 0);
  const row = rows.find((each) => /^ *\t/.test(lines[each] ?? ''));
  if (row === undefined) return fault;
  const column = (lines[row] ?? '').indexOf('\t') + 1;
  const message = 'a tab is used for indentation, which YAML does not allow';
  return { kind: 'tab', message, line: firstLine + row, column };
}
