import { parseAllDocuments } from 'yaml';

export type Json = unknown;
type JsonMap = Record<string, Json>;

/** The way to a value: which document, then map keys, and list items by their name. */
export type Way = readonly (string | { name: string })[];

/** The documents of a file by the object they are. */
export type Documents = Record<string, Json>;

function isMap(value: Json): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function documentsOf(text: string): Documents {
  const documents = parseAllDocuments(text);
  return Object.fromEntries(
    documents.map((document) => {
      const [fault] = document.errors;
      if (fault !== undefined) throw fault;
      const value: Json = document.toJS();
      return [objectOf(value), value];
    }),
  );
}

export function objectOf(value: Json): string {
  const metadata = isMap(value) && isMap(value.metadata) ? value.metadata : {};
  const kind = isMap(value) ? value.kind : 'value';
  return [kind, metadata.namespace, metadata.name].map((part) => (typeof part === 'string' ? part : '')).join('/');
}

export function valueAt(documents: Documents, way: Way): Json {
  let value: Json = documents;
  for (const step of way) value = child(value, step);
  return value;
}

function child(value: Json, step: Way[number]): Json {
  if (typeof step === 'string') return isMap(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return Array.isArray(value) ? value.find((item: Json) => isMap(item) && item.name === step.name) : undefined;
}

/** Maps that are missing on the way are made; a way through a list item that is not there leads nowhere. */
export function setAt(documents: Documents, way: Way, to: Json): void {
  let value: Json = documents;
  for (const step of way.slice(0, -1)) {
    if (isMap(value) && typeof step === 'string' && value[step] === undefined) value[step] = {};
    value = child(value, step);
  }
  const last = way.at(-1);
  if (isMap(value) && typeof last === 'string') value[last] = to;
}

/** Every scalar that a person may well change: not what makes the object the one it is, nothing in unnamed lists. */
export function scalarsIn(documents: Documents): { way: Way; value: string | number | boolean }[] {
  const found: { way: Way; value: string | number | boolean }[] = [];
  const walk = (value: Json, way: Way) => {
    if (Array.isArray(value)) {
      const names = value.map((item: Json) => (isMap(item) ? item.name : undefined));
      const isNamed = names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
      if (isNamed) for (const item of value as JsonMap[]) walk(item, [...way, { name: String(item.name) }]);
    } else if (isMap(value)) {
      for (const [key, part] of Object.entries(value)) if (!isIdentity(key, way)) walk(part, [...way, key]);
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      found.push({ way, value });
    }
  };
  walk(documents, []);
  return found;
}

function isIdentity(key: string, way: Way): boolean {
  return ['apiVersion', 'kind', 'name', 'namespace'].includes(key) || way.at(-1) === 'sourceRef';
}

/** Lists whose order says nothing, in one order. */
export function unordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(unordered);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === 'resources' && Array.isArray(part) ? [...part].sort() : unordered(part),
    ]),
  );
}
