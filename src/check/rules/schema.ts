import type { CheckedRepository, ClusterObject } from '../checked-repository.ts';
import { faultPlace } from '../fault-place.ts';
import { leavesOut } from '../left-out-fields.ts';
import type { Finding, Fix, Rule } from '../rule.ts';
import { schemaFaults } from '../schema-faults.ts';

/** Words of `schema/<word>`: what happens, and what to do. */
const words: readonly [word: string, why: string, fix: string][] = [
  [
    'cel',
    'The API server refuses an object that breaks a rule of its kind: the Kustomization fails.',
    'Change the fields that the rule is about.',
  ],
  [
    'duplicate',
    'The API server refuses a list in which two entries have the same key.',
    'Keep one of the two entries, or give one another name.',
  ],
  ['duration', 'A text that is no duration is refused by the API server.', 'Write it as 1h, 10m or 30s.'],
  ['enum', 'The API server takes only the values that the kind allows.', 'Use one of the allowed values.'],
  ['pattern', 'A text of another form than the kind demands is refused by the API server.', 'Correct the text.'],
  ['range', 'A value that is too large, too small, too long or too short is refused.', 'Correct the value.'],
  ['required', 'The API server refuses an object that lacks a field it must have.', 'Add the field.'],
  [
    'type',
    'The API server refuses a value of another type: the Kustomization fails.',
    'Write a value of the right type.',
  ],
  [
    'unknown-field',
    'A field that the kind does not have fails the Kustomization, or Flux leaves it out: what it says never happens.',
    'Correct the name of the field, or remove it.',
  ],
  [
    'unknown-kind',
    'No cluster has this kind in this API version, so nothing of the Kustomization is applied.',
    'Correct kind and apiVersion.',
  ],
];

/** What the API server refuses, one rule for each way. Objects of groups without a schema here are passed over. */
export const schema: readonly Rule[] = words.map(([word, why, fix]) => ({
  id: `schema/${word}`,
  severity: 'error',
  why,
  fix,
  find: (repository) => faultsOf(repository, `schema/${word}`),
}));

/**
 * The faults that one rule tells, as findings.
 * @param fixOf what may be changed without asking
 */
export function* faultsOf(
  repository: CheckedRepository,
  rule: string,
  fixOf: (object: ClusterObject) => Fix | undefined = () => undefined,
): Generator<Finding> {
  for (const { object, finding, rule: told } of schemaFaults(repository)) {
    if (told !== rule) continue;
    const { message, path, hint } = finding;
    const fix = fixOf(object);
    yield {
      message: `${object.kind} ${object.name}: ${message}`,
      at: faultPlace(repository, object, path),
      object: object.id,
      key: `${rule} ${path.join('.')}`,
      ...(hint !== undefined && { hint }),
      ...(rule === 'schema/unknown-field' && leavesOut(object) && { severity: 'warning' }),
      ...(fix !== undefined && { fix }),
    };
  }
}
