import type { SchemaFinding } from '../schema/finding.ts';
import { removedField } from '../schema/removed-fields.ts';
import { scopeOf } from '../schema/scope-of.ts';
import { validateObject } from '../schema/validate-object.ts';
import type { JsonObject } from '../yaml/json-value.ts';
import { textAt } from '../yaml/value-at.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { CheckedRepository, ClusterObject } from './checked-repository.ts';

/** What the API server would refuse of an object, after everything that changes it was applied. */
export interface SchemaFault {
  object: ClusterObject;
  finding: SchemaFinding;
  /** The rule that tells it. */
  rule: string;
}

const known = new WeakMap<CheckedRepository, readonly SchemaFault[]>();

/** The faults of all objects, in the order of clusters and Kustomizations; objects that clusters share are looked at once. */
export function schemaFaults(repository: CheckedRepository): readonly SchemaFault[] {
  const faults = known.get(repository) ?? [...faultsIn(repository)];
  known.set(repository, faults);
  return faults;
}

function* faultsIn({ clusters, schemas }: CheckedRepository): Generator<SchemaFault> {
  const seen = new Set<JsonObject>();
  for (const { objects } of clusters.flatMap(({ kustomizations }) => kustomizations))
    for (const object of objects) {
      if (seen.has(object.value)) continue;
      seen.add(object.value);
      const { apiVersion, kind, value, hasVariables } = object;
      if (scopeOf(apiVersion, kind) !== undefined && schemas.find(apiVersion, kind) === undefined) continue;
      for (const finding of validateObject(value, schemas, { variables: hasVariables }))
        yield { object, finding, rule: ruleOf(object, finding) };
    }
}

/** Some faults are those of older releases, and are told with what to do about them. */
function ruleOf({ kind, value }: ClusterObject, { rule, path }: SchemaFinding): string {
  if (rule === 'schema/removed-version') return 'versions/removed';
  if (rule === 'schema/unknown-field' && removedField(kind, fieldPath(path)) !== undefined)
    return 'versions/removed-field';
  if (rule === 'schema/pattern' && kind === 'GitRepository' && scpUrl(textAt(value, path) ?? '') !== undefined)
    return 'versions/scp-url';
  return rule;
}

/** `['spec', 'postRenderers', 0, 'kustomize']` -> `spec.postRenderers[].kustomize`. */
function fieldPath(path: YamlPath): string {
  return path
    .map((step) => (typeof step === 'number' ? '[]' : `.${step}`))
    .join('')
    .slice(1);
}

/** `git@github.com:acme/apps.git` -> the same address as a URL; undefined for anything else. */
export function scpUrl(address: string): string | undefined {
  const [, user, host, path] = /^([\w.-]+)@([\w.-]+):(?!\/\/)\/?(.+)$/.exec(address) ?? [];
  return user === undefined ? undefined : `ssh://${user}@${host}/${path}`;
}
