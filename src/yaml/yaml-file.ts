import type { Document } from 'yaml';
import type { Problem } from '../problem.ts';
import { type DocumentIdentity, identityOf } from './document-identity.ts';
import { parseChunk } from './parse-chunk.ts';
import { type DocumentChunk, splitDocuments } from './split-documents.ts';
import type { YamlNode } from './yaml-node.ts';
import { refuseAll, type YamlPlace } from './yaml-refusal.ts';

/** Existing YAML, split into documents that are parsed when they are first looked into. */
export interface YamlFile {
  /** As shown to people. */
  file: string | undefined;
  byteOrderMark: '' | '\uFEFF';
  /** Of most lines. */
  lineEnding: '\n' | '\r\n';
  /** At least one; the documents of an empty file are one without contents. */
  documents: readonly YamlDocument[];
}

/** One document; its text is a part of the file's, from its directives or `---` to the next document. */
export interface YamlDocument {
  text: string;
  /** What is wrong with it. While this is not empty, all that follows throws. */
  problems(): readonly Problem[];
  /** The root; null for a document without contents. @throws ExpectedError `yaml-syntax` */
  contents(): YamlNode | null;
  /** The parsed document, for what is not offered here. @throws ExpectedError `yaml-syntax` */
  parsed(): Document.Parsed;
  /** As JavaScript, aliases and merge keys resolved. @throws ExpectedError `yaml-syntax` */
  value(): unknown;
  /** The Kubernetes object it is. @throws ExpectedError `yaml-syntax` */
  identity(): DocumentIdentity | undefined;
  /** @param offset into the document's text */
  placeOf(offset: number): YamlPlace;
}

/**
 * Opens existing YAML for reading and for `editYaml`. Never throws: faults are told when a document is looked into.
 * @param file the name by which findings call it
 */
export function openYaml(text: string, file?: string): YamlFile {
  const byteOrderMark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(byteOrderMark.length);
  const crlf = body.split('\r\n').length - 1;
  const lines = body.split('\n').length - 1;
  return {
    file,
    byteOrderMark,
    lineEnding: crlf > lines / 2 ? '\r\n' : '\n',
    documents: splitDocuments(body).map((chunk) => openDocument(chunk, file)),
  };
}

function openDocument(chunk: DocumentChunk, file: string | undefined): YamlDocument {
  const { text } = chunk;
  let result: ReturnType<typeof parseChunk> | undefined;
  const placeOf = (offset: number): YamlPlace => {
    const before = text.slice(0, offset);
    const line = chunk.line + before.split('\n').length - 1;
    return { ...(file === undefined ? {} : { file }), line, column: offset - before.lastIndexOf('\n') };
  };
  const look = () => {
    result ??= parseChunk(text, placeOf);
    return result;
  };
  const parsed = () => {
    const { document, problems } = look();
    const [first, ...others] = problems;
    if (first !== undefined) throw refuseAll('yaml-syntax', [first, ...others]);
    return document;
  };
  return {
    text,
    problems: () => look().problems,
    parsed,
    contents: () => parsed().contents,
    value: () => parsed().toJS(),
    identity: () => identityOf(parsed().toJS()),
    placeOf,
  };
}
