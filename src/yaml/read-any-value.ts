import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument, type Scalar } from 'yaml';
import { fieldOf, isJsonObject, type JsonObject, type JsonValue, setField } from './json-value.ts';
import { plainJson, type YamlDialect } from './plain-json.ts';
import { deepestNesting, tooDeep, ValueFault } from './value-fault.ts';
import type { YamlNode } from './yaml-node.ts';

/** Values that aliases may repeat in one document; go-yaml refuses "excessive aliasing" at about the same size. */
const mostRepeated = 100_000;
/** Characters. Manifests of this size are generated ones, in the plain style that the other reader takes. */
const largestText = 8 * 1024 * 1024;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

interface Reading {
  readonly text: string;
  readonly dialect: YamlDialect;
  readonly anchors: Map<string, YamlNode>;
  /** Anchored nodes that are being read: an alias to one of them would contain itself. */
  readonly open: Set<YamlNode>;
  repeated: number;
  inAlias: number;
  depth: number;
}

/**
 * Reads one document of any YAML, as Kubernetes' Go tools understand it.
 *
 * @param text one document
 * @returns its value, and the 0-based row on which it begins
 * @throws ValueFault when it cannot be read, or holds what JSON cannot
 */
export function readAnyValue(text: string, dialect: YamlDialect): { value: JsonValue; row: number } {
  if (text.length > largestText) throw new ValueFault('it is larger than 8 MiB and not in plain block style', 1);
  const found = control.exec(text);
  if (found !== null) throw fault(text, found.index, 'control characters are not allowed');
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
    });
    refuseErrors(text, document);
    const root = document.contents;
    if (root === null) return { value: null, row: 0 };
    const reading = { text, dialect, anchors: new Map(), open: new Set<YamlNode>(), repeated: 0, inAlias: 0, depth: 0 };
    return { value: toJson(reading, root), row: lineAt(text, root.range[0]) - 1 };
  } catch (error) {
    if (error instanceof RangeError) throw new ValueFault(tooDeep, 1);
    throw error;
  }
}

function refuseErrors(text: string, document: Document.Parsed): void {
  const [error] = document.errors;
  if (error?.message.includes('call stack')) throw new ValueFault(tooDeep, 1);
  if (error !== undefined) throw fault(text, error.pos[0], error.message);
}

function toJson(reading: Reading, node: YamlNode | null): JsonValue {
  if (node === null) return null;
  if (reading.inAlias > 0 && ++reading.repeated > mostRepeated)
    throw fault(reading.text, node.range[0], 'aliases repeat too much');
  if (isAlias(node)) return repeated(reading, node.source, node.range[0]);
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, node);
  if (isScalar(node)) return scalarJson(reading, node);
  if (++reading.depth > deepestNesting) throw fault(reading.text, node.range[0], tooDeep);
  reading.open.add(node);
  const value = isSeq(node) ? node.items.map((item) => toJson(reading, item)) : mapJson(reading, node);
  reading.open.delete(node);
  reading.depth--;
  return value;
}

function repeated(reading: Reading, anchor: string, offset: number): JsonValue {
  const target = reading.anchors.get(anchor);
  if (target === undefined) throw fault(reading.text, offset, `the alias *${anchor} has no anchor before it`);
  if (reading.open.has(target)) throw fault(reading.text, offset, `the value of &${anchor} contains itself`);
  reading.inAlias++;
  const value = toJson(reading, target);
  reading.inAlias--;
  return value;
}

function scalarJson(reading: Reading, node: Scalar.Parsed): JsonValue {
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
  const tag = node.tag?.replace(/^tag:yaml\.org,2002:/, '!!');
  if (node.type === 'QUOTE_DOUBLE') refuseEscapes(reading, node);
  if (node.type === 'BLOCK_FOLDED' && reading.dialect === 'manifest') return refolded(text);
  const value: unknown = node.value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  const isPlain = node.type === 'PLAIN' || node.type === undefined;
  const isTyped = tag !== undefined && /^!!(int|float|bool|null|timestamp)$/.test(tag);
  if (isTyped || (isPlain && (tag === undefined || !tag.startsWith('!')))) {
    const value = plainJson(text, reading.dialect);
    if (value === undefined) throw fault(reading.text, node.range[0], `${text} is no number that JSON can hold`);
    return value;
  }
  return text;
}

/** go-yaml does not know two escapes that JSON has: of the slash, and of halves of a character. */
function refuseEscapes(reading: Reading, node: Scalar.Parsed): void {
  const written = reading.text.slice(node.range[0], node.range[1]);
  if (/^(?:[^\\]|\\[^/u]|\\u(?!d[89a-f]))*$/i.test(written)) return;
  throw fault(reading.text, node.range[0], 'this escape is not known to go-yaml');
}

/** kustomize reads folded texts, writes them, and reads them again; a deeper line then has an empty one before it. */
function refolded(text: string): string {
  return text.replaceAll(/(^|\n)([^ \n][^\n]*)(\n+)(?= )/g, '$1$2$3\n');
}

function mapJson(reading: Reading, node: YamlNode): JsonObject {
  const map: JsonObject = {};
  if (!isMap(node)) return map;
  const merges: JsonValue[] = [];
  const isMerge = (key: YamlNode) => isScalar(key) && key.type === 'PLAIN' && String(key.value) === '<<';
  for (const { key, value } of node.items) {
    if (isMerge(key)) {
      const merged = toJson(reading, value);
      if (!(Array.isArray(merged) ? merged : [merged]).every(isJsonObject))
        throw fault(reading.text, key.range[0], 'a merge key needs a map, or a list of maps');
      merges.push(...(Array.isArray(merged) ? merged : [merged]));
      continue;
    }
    const name = keyText(reading, key);
    if (reading.dialect === 'manifest' && Object.hasOwn(map, name))
      throw fault(reading.text, key.range[0], `the key ${JSON.stringify(name)} is there twice`);
    const isText = node.flow && reading.dialect === 'manifest' && isNothing(value);
    setField(map, name, isText ? '' : toJson(reading, value));
  }
  for (const merged of merges)
    for (const name of isJsonObject(merged) ? Object.keys(merged) : [])
      if (!Object.hasOwn(map, name)) setField(map, name, fieldOf(merged, name) ?? null);
  return map;
}

/** In a flow map nothing after a key, `{a, b: }`, is an empty text to kustomize, elsewhere it is null. */
function isNothing(node: YamlNode | null): boolean {
  return node === null || (isScalar(node) && node.range[0] === node.range[1] && !node.tag && !node.anchor);
}

/** Manifests must have texts as keys; in a kustomization file others become text. */
function keyText(reading: Reading, key: YamlNode): string {
  const value = toJson(reading, key);
  if (typeof value === 'string') return value;
  if (reading.dialect === 'kustomization' && typeof value !== 'object') return String(value);
  throw fault(reading.text, key.range[0], `the key ${JSON.stringify(value)} is not a text: put it in quotes`);
}

function fault(text: string, offset: number, message: string): ValueFault {
  return new ValueFault(message, lineAt(text, offset));
}

/** 1-based. */
function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
