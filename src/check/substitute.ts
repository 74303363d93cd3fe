import type { BuiltObject } from '../kustomize/build-kustomization.ts';
import type { JsonObject } from '../yaml/json-value.ts';
import type { Variables } from './checked-repository.ts';
import type { SubstitutionFault } from './substitution-fault.ts';

/** One object after substitution. */
export interface SubstitutedObject {
  value: JsonObject;
  /** Some texts still hold `${…}`: a value is not known here. */
  hasVariables: boolean;
}

/** What post-build substitution makes of a build's objects, in their order. */
export interface Substitution {
  objects: readonly SubstitutedObject[];
  faults: readonly SubstitutionFault[];
}

export function substitute(objects: readonly BuiltObject[], variables: Variables, isAlways: boolean): Substitution {
  const isOn = isAlways || variables.isOpen || variables.values.size > 0;
  return {
    objects: objects.map(({ value }) => ({ value, hasVariables: isOn && JSON.stringify(value).includes('${') })),
    faults: [],
  };
}
