import * as v from 'valibot';
import { nearest } from '../nearest.ts';
import { labelFault } from './label.ts';

/** An object that refuses unknown keys and says which known one was probably meant. */
export function fields<const Entries extends v.ObjectEntries>(entries: Entries) {
  const known = Object.keys(entries);
  return v.strictObject(entries, (issue) => {
    const key = String(issue.path?.at(-1)?.key ?? '');
    if (issue.expected !== 'never') return typeMessage(issue, 'a map');
    const meant = nearest(key, known);
    return `unknown key "${key}"${meant ? `, did you mean "${meant}"?` : `; known here: ${known.join(', ')}`}`;
  });
}

function typeMessage(issue: v.BaseIssue<unknown>, wanted: string): string {
  const missing = issue.received === 'undefined';
  const key = String(issue.path?.at(-1)?.key ?? '');
  if (missing) return `"${key}" is missing`;
  return issue.input === null
    ? `is empty: give it ${wanted}, or take it out`
    : `must be ${wanted}, not ${shapeOf(issue.input)}`;
}

/** Says what was found without repeating it: a value may be a misplaced secret. */
function shapeOf(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a map';
  if (typeof input === 'string') return 'text';
  return typeof input === 'boolean' ? 'true or false' : `a ${typeof input}`;
}

export const text = () =>
  v.string((issue) => typeMessage(issue, typeof issue.input === 'object' ? 'text' : 'text (put it in quotes)'));

export const truth = () => v.boolean((issue) => typeMessage(issue, 'true or false'));

export const count = (least: number) =>
  v.pipe(
    v.number((issue) => typeMessage(issue, 'a number')),
    v.integer('must be a whole number'),
    v.minValue(least, `must be at least ${least}`),
  );

export const oneOf = <const Options extends readonly [string, ...string[]]>(options: Options) =>
  v.picklist(options, (issue) => {
    if (issue.received === 'undefined') return `"${String(issue.path?.at(-1)?.key ?? '')}" is missing`;
    const meant = typeof issue.input === 'string' ? nearest(issue.input, options) : undefined;
    return `must be one of ${options.join(', ')}${meant ? `; did you mean "${meant}"?` : ''}`;
  });

/** A name that becomes object and folder names. */
export const label = () =>
  v.pipe(
    text(),
    v.check(
      (name) => labelFault(name) === undefined,
      (issue) => {
        const fault = labelFault(issue.input);
        return `"${issue.input}": ${fault?.message}${fault?.corrected ? `; try "${fault.corrected}"` : ''}`;
      },
    ),
  );

/** The duration form that every Flux CRD demands, for example `1h`, `10m` or `1m30s`. */
export const duration = () => {
  const wanted = 'a duration such as 30s, 10m or 1h';
  return v.pipe(
    v.string((issue) => typeMessage(issue, wanted)),
    v.regex(/^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/, `must be ${wanted}`),
  );
};

/** A map keyed by name. A missing one is empty. */
export const named = <Value extends v.GenericSchema>(value: Value) =>
  v.optional(
    v.record(label(), value, (issue) => typeMessage(issue, 'a map keyed by name')),
    {},
  );

/** Free-form YAML that goes to a chart as it is. */
export const chartValues = () =>
  v.record(v.string(), v.unknown(), (issue) => typeMessage(issue, 'a map of chart values'));

/**
 * Cluster variables. Names follow what Flux substitutes
 * (https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution);
 * values are text, so that `0644` or `no` reach the manifests as written.
 */
export const variables = () =>
  v.record(
    v.pipe(
      v.string(),
      v.regex(/^[_a-zA-Z][_a-zA-Z0-9]*$/, (issue) => `"${issue.input}" is no variable name: letters, digits and "_"`),
    ),
    text(),
    (issue) => typeMessage(issue, 'a map of variables'),
  );

/** Who reviews changes, as every provider's CODEOWNERS takes them: `@acme/platform`, an e-mail. */
export const codeOwners = () =>
  v.array(
    v.pipe(text(), v.regex(/^(@\w[\w./-]*|[\w.%+-]+@[\w.-]+)$/, 'must be @user, @organisation/team or an e-mail')),
  );
