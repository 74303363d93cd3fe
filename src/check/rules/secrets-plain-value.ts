import { valueAt } from '../../yaml/value-at.ts';
import { isPlainMap } from '../../yaml/value-kinds.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import { type ClusterObject, distinctObjects } from '../checked-repository.ts';
import { faultPlace } from '../fault-place.ts';
import type { Finding, Rule } from '../rule.ts';
import { looksSecret } from '../secret-words.ts';

export const secretsPlainValue: Rule = {
  id: 'secrets/plain-value',
  severity: 'warning',
  why: 'Whoever can read the repository, or the object in the cluster, can read the value.',
  fix: 'Put it into an encrypted Secret, and refer to that.',
  *find(repository): Generator<Finding> {
    for (const object of distinctObjects(repository))
      for (const path of secretPaths(object)) {
        const key = path.findLast((step) => typeof step === 'string' && step !== 'value') ?? '';
        const name = path.at(-1) === 'value' ? String(valueAt(object.value, [...path.slice(0, -1), 'name'])) : key;
        yield {
          message: `${object.kind} ${object.name} has ${name} in plain text`,
          at: faultPlace(repository, object, path),
          object: object.id,
          key: path.join('.'),
          hint: hints[object.kind] ?? 'Put it into an encrypted Secret, and take it with valueFrom.secretKeyRef.',
        };
      }
  },
};

const hints: Readonly<Record<string, string>> = {
  HelmRelease: 'Put it into an encrypted Secret, and name that in spec.valuesFrom.',
  ConfigMap: 'Put it into an encrypted Secret.',
};

function secretPaths({ kind, value }: ClusterObject): YamlPath[] {
  if (kind === 'HelmRelease') return [...secretsBelow(valueAt(value, ['spec', 'values']), ['spec', 'values'])];
  if (kind === 'ConfigMap')
    return Object.entries(isPlainMap(value.data) ? value.data : {})
      .filter(([key, text]) => looksSecret(key, text))
      .map(([key]) => ['data', key]);
  return isPlainMap(value.spec) && mayHavePods.has(kind) ? [...variablesBelow(value.spec, ['spec'])] : [];
}

const mayHavePods = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob']);

function* secretsBelow(value: unknown, path: YamlPath): Generator<YamlPath> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* secretsBelow(item, [...path, index]);
  else if (isPlainMap(value)) {
    // `{ name: DB_PASSWORD, value: … }`, as charts pass environment variables on
    if (typeof value.name === 'string' && looksSecret(value.name, value.value)) yield [...path, 'value'];
    for (const [key, below] of Object.entries(value))
      if (looksSecret(key, below)) yield [...path, key];
      else yield* secretsBelow(below, [...path, key]);
  }
}

/** Environment variables of containers, at any depth. */
function* variablesBelow(value: unknown, path: YamlPath): Generator<YamlPath> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* variablesBelow(item, [...path, index]);
  else if (isPlainMap(value))
    for (const [key, below] of Object.entries(value))
      if (key === 'env' && Array.isArray(below)) yield* secretsBelow(below, [...path, key]);
      else yield* variablesBelow(below, [...path, key]);
}
