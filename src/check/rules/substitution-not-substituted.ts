import type { CheckedCluster, CheckedKustomization } from '../checked-repository.ts';
import type { Finding, Rule } from '../rule.ts';
import { useOf } from '../substitution/use-of.ts';
import { usedVariables } from '../substitution/used-variables.ts';

export const substitutionNotSubstituted: Rule = {
  id: 'substitution/not-substituted',
  severity: 'warning',
  why: 'A Kustomization without spec.postBuild substitutes nothing: the cluster gets the text ${…} as it stands.',
  fix: 'Give the Kustomization postBuild.substituteFrom, or write the value itself.',
  *find({ clusters }): Generator<Finding> {
    for (const cluster of clusters) {
      const names = variablesOn(cluster);
      for (const kustomization of names.size === 0 ? [] : cluster.kustomizations)
        if (!substitutes(kustomization)) yield* textsLeft(cluster, kustomization, names);
    }
  },
};

/** Scripts and dashboards have `${…}` of their own: only names that are variables elsewhere on the cluster are meant. */
function variablesOn({ kustomizations }: CheckedCluster): Set<string> {
  return new Set(kustomizations.flatMap(({ variables }) => [...variables.values.keys()]));
}

function substitutes({ variables }: CheckedKustomization): boolean {
  return variables.values.size > 0 || variables.isOpen;
}

function* textsLeft(
  cluster: CheckedCluster,
  { build, objects, name }: CheckedKustomization,
  names: ReadonlySet<string>,
): Generator<Finding> {
  const used = build === undefined ? [] : usedVariables(build).filter((variable) => names.has(variable));
  for (const variable of used)
    for (const object of objects) {
      const path = useOf(object.value, new RegExp(`(^|[^$])\\$\\{${variable}\\b`), []);
      if (path === undefined) continue;
      yield {
        message: `\${${variable}} in ${object.kind} ${object.name} stays as it is: Kustomization ${name} substitutes nothing`,
        at: object.placeOf(path),
        object: object.id,
        key: variable,
        cluster: cluster.name,
      };
    }
}
