import type { CheckedKustomization, CheckedRepository } from '../checked-repository.ts';
import { faultPlace } from '../fault-place.ts';
import type { Finding, Rule } from '../rule.ts';
import type { Place } from '../source-files.ts';
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

function* faultsOf(repository: CheckedRepository, kind: SubstitutionFault['kind']): Generator<Finding> {
  for (const { name: cluster, kustomizations } of repository.clusters)
    for (const kustomization of kustomizations)
      for (const fault of kustomization.substitutionFaults)
        if (fault.kind === kind) yield { ...findingOf(repository, kustomization, fault), cluster };
}

function findingOf(
  repository: CheckedRepository,
  kustomization: CheckedKustomization,
  { message, variable, object, at }: SubstitutionFault,
): Finding {
  const built = object === undefined ? undefined : kustomization.build?.objects.indexOf(object);
  const met = built === undefined ? undefined : kustomization.objects[built];
  const key = variable ?? message;
  if (object === undefined || met === undefined) {
    const place = kustomization.object?.placeOf(['spec', 'postBuild']);
    return { message, at: place ?? { file: kustomization.cluster.folder }, key };
  }
  const use = variable === undefined ? undefined : new RegExp(`\\$\\{#?${variable}\\b`);
  const path = at?.path ?? (use && useOf(object.value, use, [])) ?? [];
  const place = faultPlace(repository, met, path);
  const isIt = (line: string) => use?.test(line) ?? (at !== undefined && line.includes(at.line));
  return {
    message: `${message}: ${met.kind} ${met.name} cannot be applied`,
    at: lineBelow(repository, place, isIt),
    object: met.id,
    key,
  };
}

/** In a text of several lines the one that is meant; the place is where the text begins. */
function lineBelow(
  { files }: CheckedRepository,
  place: Required<Place>,
  isIt: (line: string) => boolean,
): Required<Place> {
  const lines = (files.get(place.file)?.text ?? '').split('\n');
  const begin = lines[place.line - 1] ?? '';
  if (isIt(begin) || !/[|>][-+\d]*\s*(?:#.*)?$/.test(begin)) return place;
  const row = lines.findIndex((line, index) => index >= place.line && isIt(line));
  const column = (lines[row] ?? '').search(/\S/) + 1;
  return row === -1 ? place : { file: place.file, line: row + 1, column };
}
