import { isMap, isScalar } from 'yaml';
import type { RepoPath } from '../../tree/repo-path.ts';
import { openYaml } from '../../yaml/yaml-file.ts';
import type { YamlNode } from '../../yaml/yaml-node.ts';
import { looksSealed } from '../format/sealed-text.ts';
import type { SealedLook } from './look-into-sealed.ts';
import type { Place } from './scan-rule.ts';

/** A text file as the rules see it; nothing is parsed before a rule asks. */
export interface ScannedFile {
  path: RepoPath;
  text: string;
  /** YAML or JSON, by its name. */
  isManifest: boolean;
  documents(): readonly ScannedDocument[];
  /** What can be told of it without a key; undefined when it is not encrypted YAML. */
  sealed: SealedLook | undefined;
  /** @param offset into the text */
  placeOf(offset: number): Place;
}

/** One document of a file. Offsets of its nodes count from `start`. */
export interface ScannedDocument {
  /** Offset in the file. */
  start: number;
  text: string;
  /** Undefined when it is no YAML. */
  root(): YamlNode | null | undefined;
  /** It has a `sops` block of its own. */
  isSealed(): boolean;
}

const manifest = /\.(?:ya?ml|json)$/i;

/** Whether a file may hold Kubernetes objects. */
export function isManifest(path: RepoPath): boolean {
  return manifest.test(path);
}

export function scannedFile(path: RepoPath, text: string, sealed: SealedLook | undefined): ScannedFile {
  let documents: ScannedDocument[] | undefined;
  const placeOf = (offset: number): Place => {
    const before = text.slice(0, offset);
    return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
  };
  const open = () => {
    documents ??= documentsOf(text);
    return documents;
  };
  return { path, text, isManifest: isManifest(path), documents: open, sealed, placeOf };
}

function documentsOf(text: string): ScannedDocument[] {
  const { byteOrderMark, documents } = openYaml(text);
  let start = byteOrderMark.length;
  return documents.map((document) => {
    const from = start;
    start += document.text.length;
    let parsed: { root: YamlNode | null | undefined } | undefined;
    const root = () => {
      parsed ??= { root: document.problems().length > 0 ? undefined : document.contents() };
      return parsed.root;
    };
    return { start: from, text: document.text, root, isSealed: () => hasMac(root()) };
  });
}

/** Flux decrypts what has a `sops.mac`, document by document. */
function hasMac(root: YamlNode | null | undefined): boolean {
  const block = isMap(root) ? root.get('sops') : undefined;
  const mac: unknown = isMap(block) ? block.get('mac', true) : undefined;
  return isScalar(mac) && looksSealed(String(mac.value));
}
