import type { BuiltObject } from '../kustomize/build-kustomization.ts';
import { fieldOf, isJsonObject, type JsonObject } from '../yaml/json-value.ts';
import { readValues } from '../yaml/read-values.ts';
import { ValueFault } from '../yaml/value-fault.ts';
import type { Variables } from './checked-repository.ts';
import { BadRange, envsubst, type Lookup, TooLong } from './substitution/envsubst.ts';
import { goYaml } from './substitution/go-yaml.ts';
import { misreadText } from './substitution/misread-text.ts';
import { ExpressionFault } from './substitution/parse-expression.ts';
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

/** What kustomize-controller demands of names: a letter or `_`, then digits too. */
const variableName = /^[_A-Za-z][_A-Za-z0-9]*$/;
const switchedOff = 'kustomize.toolkit.fluxcd.io/substitute';

/**
 * Post-build substitution as Flux 2.9 does it: each object is printed as YAML, variables are put in, and the text is
 * read again, so that a text may become a number. Off as long as nothing is set, unless `substituteStrategy: Always`.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 *
 * @param isAlways `spec.postBuild.substituteStrategy` is `Always`
 */
export function substitute(objects: readonly BuiltObject[], variables: Variables, isAlways: boolean): Substitution {
  const { values, isOpen } = variables;
  if (values.size === 0 && !isOpen && !isAlways)
    return { objects: objects.map(({ value }) => ({ value, hasVariables: false })), faults: [] };
  const faults: SubstitutionFault[] = [...values.keys()]
    .filter((name) => !variableName.test(name))
    .map((name) => ({
      kind: 'invalid-name',
      message: `${JSON.stringify(name)} cannot be the name of a variable`,
      variable: name,
    }));
  const lookup = lookupIn(variables);
  return { objects: objects.map((object) => substituteOne(object, lookup, faults)), faults };
}

function lookupIn({ values, isOpen }: Variables): Lookup {
  return (name) => {
    const value = values.get(name);
    if (value !== undefined) return { value };
    return isOpen || values.has(name) ? 'unknown' : undefined;
  };
}

function substituteOne(object: BuiltObject, lookup: Lookup, faults: SubstitutionFault[]): SubstitutedObject {
  const { value } = object;
  const untouched = { value, hasVariables: false };
  if (!hasDollar(value) || isSwitchedOff(value)) return untouched;
  try {
    const { text, missing, isPartly } = envsubst(goYaml(value), lookup);
    for (const variable of missing)
      faults.push({ kind: 'undefined-variable', message: `no variable ${variable} is set`, variable, object });
    const [document] = readValues(text, 'kustomization');
    if (isJsonObject(document?.value)) return { value: document.value, hasVariables: isPartly };
    faults.push({ kind: 'invalid-result', message: 'after substitution this is no object any more', object });
  } catch (error) {
    if (error instanceof ExpressionFault || error instanceof BadRange) {
      const at = misreadText(value, lookup);
      faults.push({ kind: 'syntax', message: error.message, object, ...(at !== undefined && { at }) });
    } else if (error instanceof TooLong || error instanceof RangeError)
      faults.push({ kind: 'invalid-result', message: 'after substitution this is too large for any cluster', object });
    else if (error instanceof ValueFault)
      faults.push({
        kind: 'invalid-result',
        message: `after substitution this is no valid YAML: ${error.message}`,
        object,
      });
    else throw error;
  }
  return { value, hasVariables: true };
}

function isSwitchedOff(value: JsonObject): boolean {
  return ['labels', 'annotations'].some((field) => fieldOf(fieldOf(value.metadata, field), switchedOff) === 'disabled');
}

/** Whether any text of it has a `$`, keys included. */
function hasDollar(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('$');
  if (Array.isArray(value)) return value.some(hasDollar);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, field]) => key.includes('$') || hasDollar(field));
}
