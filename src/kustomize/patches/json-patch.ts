import { isDeepStrictEqual } from 'node:util';
import { cloneJson, fieldOf, isJsonObject, type JsonObject, type JsonValue, setField } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';

/** One operation of RFC 6902, its fields not yet judged. */
type Operation = Readonly<JsonObject>;

/**
 * Applies a JSON patch. https://www.rfc-editor.org/rfc/rfc6902
 * As kustomize has it, indexes may be negative: `-1` is the last item.
 *
 * @param root changed in place
 * @throws BuildFailure for the first operation that does not apply
 */
export function applyJsonPatch(root: JsonObject, operations: readonly JsonValue[]): void {
  for (const operation of operations) {
    if (!isJsonObject(operation)) throw refusal('an operation is no map');
    apply(root, operation);
  }
}

const operators: Readonly<Record<string, (root: JsonObject, path: readonly string[], operation: Operation) => void>> = {
  add: (root, path, operation) => add(root, path, newValue(operation)),
  remove: (root, path) => remove(root, path),
  // Not as the RFC has it: in a map, replace may also add.
  replace: (root, path, operation) => replace(root, path, newValue(operation)),
  move: (root, path, operation) => add(root, path, remove(root, pointer(operation, 'from'))),
  copy(root, path, operation) {
    holder(root, pointer(operation, 'from'), 'copy');
    add(root, path, cloneJson(find(root, pointer(operation, 'from')) ?? null));
  },
  test(root, path, operation) {
    if (!isDeepStrictEqual(find(root, path) ?? null, operation.value ?? null))
      throw refusal(`test: ${showPointer(path)} has another value`);
  },
};

function apply(root: JsonObject, operation: Operation): void {
  const { op } = operation;
  const operator = typeof op === 'string' && Object.hasOwn(operators, op) ? operators[op] : undefined;
  if (operator === undefined) throw refusal(`unknown operation ${JSON.stringify(op ?? null)}`);
  operator(root, pointer(operation, 'path'), operation);
}

function newValue(operation: Operation): JsonValue {
  return cloneJson(operation.value ?? null);
}

function pointer(operation: Operation, field: 'path' | 'from'): string[] {
  const text = operation[field];
  if (typeof text !== 'string') throw refusal(`${String(operation.op)} needs ${field}`);
  if (text !== '' && !text.startsWith('/')) throw refusal(`${field} ${text} does not begin with /`);
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function find(root: JsonValue, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((node, step) => {
    if (!Array.isArray(node)) return fieldOf(node, step);
    const index = /^-?\d+$/.test(step) ? Number(step) : Number.NaN;
    return node[index < 0 ? index + node.length : index];
  }, root);
}

/** The map or list that holds the last step of a path. */
function holder(root: JsonObject, path: readonly string[], operation: string): [JsonObject | JsonValue[], string] {
  const node = find(root, path.slice(0, -1));
  const step = path.at(-1);
  if (step !== undefined && (isJsonObject(node) || Array.isArray(node))) return [node, step];
  throw refusal(`${operation}: ${showPointer(path.slice(0, -1))} is no map or list`);
}

function add(root: JsonObject, path: readonly string[], value: JsonValue): void {
  const [node, step] = holder(root, path, 'add');
  if (!Array.isArray(node)) setField(node, step, value);
  else node.splice(step === '-' ? node.length : indexIn(node, step, node.length + 1, path), 0, value);
}

function replace(root: JsonObject, path: readonly string[], value: JsonValue): void {
  const [node, step] = holder(root, path, 'replace');
  if (Array.isArray(node)) node[indexIn(node, step, node.length, path)] = value;
  else setField(node, step, value);
}

function remove(root: JsonObject, path: readonly string[]): JsonValue {
  const [node, step] = holder(root, path, 'remove');
  if (Array.isArray(node)) return node.splice(indexIn(node, step, node.length, path), 1)[0] ?? null;
  const value = fieldOf(node, step);
  if (value === undefined) throw refusal(`remove: nothing is at ${showPointer(path)}`);
  delete node[step];
  return value;
}

function indexIn(list: readonly JsonValue[], step: string, end: number, path: readonly string[]): number {
  const index = /^-?\d+$/.test(step) ? Number(step) : Number.NaN;
  const counted = index < 0 ? index + end : index;
  if (counted >= 0 && counted < end) return counted;
  throw refusal(`${showPointer(path)} is not in a list of ${list.length}`);
}

function showPointer(path: readonly string[]): string {
  return `/${path.join('/')}`;
}

function refusal(message: string): BuildFailure {
  return new BuildFailure('json-patch', message, 'Compare the path with the object as it is before this patch.');
}
