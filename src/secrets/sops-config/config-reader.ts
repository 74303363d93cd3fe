import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { YamlSource } from '../../model/yaml-source.ts';
import { nearest } from '../../nearest.ts';
import type { Problem } from '../../problem.ts';

/** A parsed file, and the problems found in it so far. */
export interface ConfigReader {
  root: unknown;
  problems: Problem[];
  /** Notes what is wrong at a node. */
  complain(node: unknown, message: string, hint?: string): void;
  /** Line and column of a node, from 1. */
  placeOf(node: unknown): { line: number; column: number };
  /** The values of a map by key, aliases followed; keys outside `known` are problems. */
  fieldsOf(node: unknown, known: readonly string[], what: string): Map<string, unknown>;
  /** The items of a list, aliases followed; what is no list is a problem. */
  itemsOf(node: unknown, what: string): unknown[];
  /** The text of a scalar; what is none is a problem. */
  textOf(node: unknown, what: string): string | undefined;
}

/** Parses YAML for strict reading. Syntax errors are problems; the failsafe schema leaves every scalar a text. */
export function configReader({ text, file }: YamlSource): ConfigReader {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, schema: 'failsafe', prettyErrors: false });
  const documents: Document[] = Array.isArray(parsed) ? parsed : [];
  const [document] = documents;
  const problems: Problem[] = [];

  const placeAt = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const placeOf = (node: unknown) => placeAt(startOf(node));
  const complainAt = (place: { line: number; column: number }, rule: string, message: string, hint?: string) => {
    problems.push({ rule, severity: 'error', message, file, ...place, ...(hint === undefined ? {} : { hint }) });
  };
  const complain = (node: unknown, message: string, hint?: string) =>
    complainAt(placeOf(node), 'sops-config/value', message, hint);
  const resolved = (node: unknown): unknown => (isAlias(node) && document ? node.resolve(document) : node);

  for (const { code, message, pos } of documents.flatMap(({ errors }) => errors))
    complainAt(placeAt(pos[0]), code === 'DUPLICATE_KEY' ? 'yaml/duplicate-key' : 'yaml/syntax', message);
  const second = documents[1];
  if (second !== undefined) complain(second.contents, 'SOPS reads the first document only');

  return {
    root: document?.contents ?? undefined,
    problems,
    complain,
    placeOf,
    fieldsOf(node, known, what) {
      const map = resolved(node);
      if (!isMap(map)) {
        complain(node, `${what} must be a map`);
        return new Map();
      }
      for (const key of unknownKeys(map, known)) {
        const name = String(key.value);
        const meant = nearest(name, known);
        const hint = meant === undefined ? `Known are: ${known.join(', ')}` : `Did you mean ${meant}?`;
        complainAt(placeOf(key), 'sops-config/unknown-key', `${what} has no key "${name}"; SOPS would ignore it`, hint);
      }
      return new Map(map.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', resolved(value)]));
    },
    itemsOf(node, what) {
      const list = resolved(node);
      if (isSeq(list)) return list.items.map(resolved);
      complain(node, `${what} must be a list`);
      return [];
    },
    textOf(node, what) {
      const scalar = resolved(node);
      if (isScalar(scalar) && typeof scalar.value === 'string') return scalar.value;
      complain(node, `${what} must be a text`);
      return undefined;
    },
  };
}

function unknownKeys(map: YAMLMap, known: readonly string[]): Scalar[] {
  return map.items.flatMap(({ key }) => (isScalar(key) && !known.includes(String(key.value)) ? [key] : []));
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
