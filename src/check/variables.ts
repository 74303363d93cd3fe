import { itemsAt, textAt, valueAt } from '../yaml/value-at.ts';
import { isPlainMap } from '../yaml/value-kinds.ts';
import type { ClusterObject, Variables } from './checked-repository.ts';

/** Finds a ConfigMap or a Secret on the cluster. */
export type FindSource = (kind: string, name: string) => ClusterObject | undefined;

export const noVariables: Variables = { values: new Map(), isOpen: false };

/** What `spec.postBuild.substituteFrom` names: `ConfigMap` or `Secret`, and whether Flux goes on without it. */
export interface VariableSource {
  kind: string;
  name: string;
  optional: boolean;
}

/** @param spec of a Kustomization */
export function variableSources(spec: unknown): VariableSource[] {
  return itemsAt(spec, ['postBuild', 'substituteFrom']).flatMap((source) => {
    const kind = textAt(source, ['kind']);
    const name = textAt(source, ['name']);
    return kind === undefined || name === undefined
      ? []
      : [{ kind, name, optional: valueAt(source, ['optional']) === true }];
  });
}

/**
 * The variables of a Kustomization: ConfigMaps and Secrets in their order, later ones win, then `substitute`; line breaks
 * in values are dropped. https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function variablesOf(spec: unknown, find: FindSource): Variables {
  const values = new Map<string, string | undefined>();
  let isOpen = false;
  for (const { kind, name } of variableSources(spec)) {
    const source = find(kind, name);
    if (source === undefined) isOpen = true;
    else for (const [key, value] of entriesOf(source)) values.set(key, value);
  }
  const own = valueAt(spec, ['postBuild', 'substitute']);
  if (isPlainMap(own)) for (const [key, value] of Object.entries(own)) values.set(key, oneLine(String(value ?? '')));
  return { values, isOpen };
}

/** What is in a Secret stays there: a name counts as set, its value as unknown. */
function* entriesOf({ kind, value }: ClusterObject): Generator<[string, string | undefined]> {
  const fields = kind === 'Secret' ? [value.data, value.stringData] : [value.data];
  for (const field of fields)
    if (isPlainMap(field))
      for (const [key, text] of Object.entries(field))
        yield [key, kind === 'Secret' ? undefined : oneLine(String(text ?? ''))];
}

function oneLine(value: string): string {
  return value.replaceAll('\n', '');
}
