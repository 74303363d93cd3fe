import { fieldOf, isJsonObject, type JsonValue, setField } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';
import type { ObjectId } from '../object-id.ts';

/**
 * A field that a transformer changes in some kinds of objects.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/examples/transformerconfigs/README.md
 */
export interface FieldSpec {
  /** Empty or absent: any. */
  group?: string;
  version?: string;
  kind?: string;
  /** `spec/template/metadata/labels`; lists on the way mean each of their items, `\/` is a slash in a name. */
  path: string;
  /** Whether the field, and what leads to it, is made where it is not there. */
  create?: boolean;
}

export function fits(spec: Pick<FieldSpec, 'group' | 'version' | 'kind'>, id: ObjectId): boolean {
  return (
    (!spec.group || spec.group === id.group) &&
    (!spec.version || spec.version === id.version) &&
    (!spec.kind || spec.kind === id.kind)
  );
}

const split = new Map<string, readonly string[]>();

/** The names on a path, `[]` at their ends left out. */
function stepsOf(path: string): readonly string[] {
  const known = split.get(path);
  if (known) return known;
  const steps = path
    .split(/(?<!\\)\//)
    .filter((step) => step !== '')
    .map((step) => step.replaceAll('\\/', '/').replace(/\[\]$/, ''));
  split.set(path, steps);
  return steps;
}

/**
 * Changes each field that a path leads to.
 * @param change gets the value, undefined where it is only now made; returns what it shall be, undefined to leave it
 */
export function changeFields(
  root: JsonValue,
  spec: FieldSpec,
  change: (value: JsonValue | undefined) => JsonValue | undefined,
): void {
  const steps = stepsOf(spec.path);
  const walk = (node: JsonValue, depth: number): void => {
    if (node === null) return;
    if (Array.isArray(node)) {
      for (const item of node) walk(item, depth);
      return;
    }
    if (!isJsonObject(node)) throw notAMap(spec.path);
    const step = steps[depth] ?? '';
    const isLast = depth === steps.length - 1;
    let value = fieldOf(node, step);
    if (value === undefined || value === null) {
      if (!spec.create || isListStep(spec.path, depth)) return;
      if (!isLast) {
        value = {};
        setField(node, step, value);
      } else value = undefined;
    }
    if (!isLast && value !== undefined) {
      walk(value, depth + 1);
      return;
    }
    const changed = change(value);
    if (changed !== undefined) setField(node, step, changed);
  };
  walk(root, 0);
}

/** Items are never made: a path through `containers[]` ends where there are none. */
function isListStep(path: string, depth: number): boolean {
  return path.includes('[]') && (path.split(/(?<!\\)\//)[depth] ?? '').endsWith('[]');
}

function notAMap(path: string): BuildFailure {
  return new BuildFailure('wrong-shape', `the way ${path} leads through a value that is no map`, 'Correct the object.');
}
