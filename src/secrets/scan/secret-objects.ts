import { isAlias, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { looksSealed } from '../format/sealed-text.ts';
import { sopsKey } from './look-into-sealed.ts';
import type { ScannedDocument, ScannedFile } from './scanned-file.ts';
import { textAt } from './text-at.ts';

/** A Secret somewhere in a document: itself, in a List, or in the values of something else. */
export interface SecretObject {
  name: string | undefined;
  namespace: string | undefined;
  /** The document has a `sops` block. */
  isSealed: boolean;
  /** Values that are there to read, in order. */
  plain: PlainEntry[];
  document: ScannedDocument;
}

interface PlainEntry {
  key: string;
  /** Offset of the key in the file. */
  at: number;
}

/** Also in JSON, in quotes, with a tag, inside braces. */
const secretKind = /kind["']?[ \t]*:[ \t]*(?:!!str[ \t]+)?["']?Secret(?:List)?\b/;

/** Whether a text may hold a Secret with values; quick, and never wrong when it says no. */
export function mayHoldSecret(text: string): boolean {
  return text.includes('Secret') && /["']?(?:data|stringData)["']?[ \t]*:/.test(text) && secretKind.test(text);
}

/** The Secrets of a manifest that have readable values; where the values were inspected one by one, only those in documents without a block. */
export function* secretObjects(file: ScannedFile): Generator<SecretObject> {
  if (!file.isManifest || !mayHoldSecret(file.text)) return;
  const isInspected = file.sealed !== undefined && 'inspection' in file.sealed;
  for (const document of file.documents()) {
    if (!mayHoldSecret(document.text) || (isInspected && sopsKey.test(document.text))) continue;
    const isSealed = document.isSealed();
    for (const { name, namespace, entries } of secretsBelow(document.root(), undefined, document.start)) {
      const plain = entries.filter((entry) => entry !== undefined);
      if (plain.length > 0) yield { name, namespace, isSealed, plain, document };
    }
  }
}

interface Found {
  name: string | undefined;
  namespace: string | undefined;
  entries: PlainEntry[];
}

/** @param inherited the kind of a list's items, which need not say it themselves */
function* secretsBelow(node: unknown, inherited: 'Secret' | undefined, start: number): Generator<Found> {
  if (isSeq(node)) for (const item of node.items) yield* secretsBelow(item, inherited, start);
  else if (isScalar(node)) yield* secretsInText(node.value, start + (node.range?.[0] ?? 0));
  else if (isMap(node)) {
    const kind = textAt(node, 'kind') ?? inherited;
    if (kind === 'Secret') {
      const metadata: unknown = node.get('metadata');
      yield {
        name: textAt(metadata, 'name'),
        namespace: textAt(metadata, 'namespace'),
        entries: ['data', 'stringData'].flatMap((field) => plainEntries(node, field, start)),
      };
      return;
    }
    for (const { value } of node.items) yield* secretsBelow(value, kind === 'SecretList' ? 'Secret' : undefined, start);
  }
}

/** A manifest as a text inside another: an inline patch, a ConfigMap of manifests. Its place is that of the text. */
function* secretsInText(text: unknown, at: number): Generator<Found> {
  if (typeof text !== 'string' || !text.includes('\n') || !mayHoldSecret(text)) return;
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
  if (document.errors.length > 0) return;
  for (const found of secretsBelow(document.contents, undefined, 0))
    yield { ...found, entries: found.entries.map((entry) => ({ ...entry, at })) };
}

function plainEntries(secret: YAMLMap, field: string, start: number): PlainEntry[] {
  const map: unknown = secret.get(field, true);
  const at = (isScalar(map) || isMap(map) || isAlias(map) ? map.range?.[0] : undefined) ?? secret.range?.[0] ?? 0;
  // What an alias stands for is written elsewhere, in the open.
  if (isAlias(map)) return [{ key: field, at: start + at }];
  if (!isMap(map)) return [];
  return map.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || !isPlain(value)) return [];
    return [{ key: String(key.value), at: start + (key.range?.[0] ?? at) }];
  });
}

/** Neither nothing, nor encrypted, nor only what Flux or Helm puts in from elsewhere. */
function isPlain(value: unknown): boolean {
  if (isMap(value)) return !isReference(`{${actionOf(value) ?? ''}}`);
  if (!isScalar(value)) return value !== null && value !== undefined;
  const text = value.value === null || value.value === undefined ? '' : String(value.value);
  return text !== '' && !looksSealed(text) && !/^\$\{\w+\}$/.test(text) && !isReference(text);
}

/** To YAML `{{ .Values.password }}` is a map with a map as its key. */
function actionOf({ items }: YAMLMap): string | undefined {
  const [only, ...more] = items;
  if (only === undefined || more.length > 0 || !isMap(only.key)) return undefined;
  const [inner, ...others] = only.key.items;
  return others.length === 0 && isScalar(inner?.key) ? `{${String(inner.key.value)}}` : undefined;
}

/**
 * A template of Helm that only says where the value comes from: a text in it could be the value, unless it is the name
 * of another template, or what is said when there is no value. https://helm.sh/docs/chart_template_guide/function_list/
 */
function isReference(text: string): boolean {
  const [, action] = /^\{\{-?([^{}]+?)-?\}\}$/.exec(text.trim()) ?? [];
  if (action === undefined) return false;
  const rest = action.replace(/\b(?:include|required|lookup)(?:\s+"[^"]*")+/g, ' of.another ');
  return /[.$]|\brand\w+/.test(rest) && !/["'`]/.test(rest);
}
