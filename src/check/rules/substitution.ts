import type { CheckedKustomization, CheckedRepository } from '../checked-repository.ts';
import type { Finding, Rule } from '../rule.ts';
import { useOf } from '../substitution/use-of.ts';
import type { SubstitutionFault } from '../substitution-fault.ts';

const kinds: Readonly<Record<SubstitutionFault['kind'], string>> = {
  'undefined-variable': 'An unset variable without a default fails the whole Kustomization: nothing of it is applied.',
  'invalid-name': 'Flux refuses to substitute at all when one variable has a name that it does not allow.',
  syntax: 'Flux takes every `${` for the beginning of a variable, and fails the Kustomization when it cannot read it.',
  'invalid-result': 'What comes out of substitution must be valid YAML, or the Kustomization fails.',
};

const fixes: Readonly<Record<SubstitutionFault['kind'], string>> = {
  'undefined-variable':
    'Set it in the ConfigMap of the cluster, write a default as ${name:=value}, or $${name} where no variable is meant.',
  'invalid-name': 'Use letters, digits and underscores; the first is no digit.',
  syntax:
    'Write $${…} where no variable is meant, or annotate the object: kustomize.toolkit.fluxcd.io/substitute: disabled.',
  'invalid-result': 'Put the text into quotes, or choose another value.',
};

/** One rule for each way in which post-build substitution fails. */
export const substitution: readonly Rule[] = (
  ['invalid-name', 'invalid-result', 'syntax', 'undefined-variable'] as const
).map((kind) => ({
  id: `substitution/${kind}`,
  severity: 'error',
  why: kinds[kind],
  fix: fixes[kind],
  find: (repository) => faultsOf(repository, kind),
}));

function* faultsOf({ clusters }: CheckedRepository, kind: SubstitutionFault['kind']): Generator<Finding> {
  for (const { name: cluster, kustomizations } of clusters)
    for (const kustomization of kustomizations)
      for (const fault of kustomization.substitutionFaults)
        if (fault.kind === kind) yield { ...findingOf(kustomization, fault), cluster };
}

function findingOf(kustomization: CheckedKustomization, { message, variable, object }: SubstitutionFault): Finding {
  const built = object === undefined ? undefined : kustomization.build?.objects.indexOf(object);
  const met = built === undefined ? undefined : kustomization.objects[built];
  const key = variable ?? message;
  if (object === undefined || met === undefined) {
    const place = kustomization.object?.placeOf(['spec', 'postBuild']);
    return { message, at: place ?? { file: kustomization.cluster.folder }, key };
  }
  const path = variable === undefined ? [] : (useOf(object.value, new RegExp(`\\$\\{#?${variable}\\b`), []) ?? []);
  return {
    message: `${message}: ${met.kind} ${met.name} cannot be applied`,
    at: met.placeOf(path),
    object: met.id,
    key,
  };
}
