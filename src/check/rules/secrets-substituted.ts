import { textAt, valueAt } from '../../yaml/value-at.ts';
import type { CheckedKustomization, ClusterObject } from '../checked-repository.ts';
import { isEncrypted } from '../encrypted-objects.ts';
import type { Finding, Fix, Rule } from '../rule.ts';

const annotation = 'kustomize.toolkit.fluxcd.io/substitute';

export const secretsSubstituted: Rule = {
  id: 'secrets/substituted',
  severity: 'warning',
  why: 'Flux puts variables in after it decrypts: a password with ${…} in it is changed, or fails the Kustomization.',
  fix: `Annotate the Secret: ${annotation}: disabled`,
  *find({ clusters }): Generator<Finding> {
    const told = new Set<ClusterObject['value']>();
    for (const kustomization of clusters.flatMap(({ kustomizations }) => kustomizations))
      for (const object of substitutes(kustomization) ? kustomization.objects : []) {
        if (told.has(object.value) || object.kind !== 'Secret' || !isEncrypted(object) || isDisabled(object)) continue;
        told.add(object.value);
        const fix = fixOf(object);
        yield {
          message: `Secret ${object.name} is decrypted before Kustomization ${kustomization.name} puts variables in`,
          at: object.placeOf(['metadata']),
          object: object.id,
          key: 'substitute',
          ...(fix !== undefined && { fix }),
        };
      }
  },
};

function substitutes({ object, variables }: CheckedKustomization): boolean {
  const isAlways = textAt(object?.value, ['spec', 'postBuild', 'substituteStrategy']) === 'Always';
  return variables.values.size > 0 || variables.isOpen || isAlways;
}

function isDisabled({ value }: ClusterObject): boolean {
  return ['annotations', 'labels'].some((field) => textAt(value, ['metadata', field, annotation]) === 'disabled');
}

/** SOPS refuses a file whose plain part was changed, unless its MAC is for the encrypted values alone. */
function fixOf({ origins, value }: ClusterObject): Fix | undefined {
  const [birth] = origins;
  if (birth === undefined || origins.length > 1) return undefined;
  if (valueAt(value, ['sops', 'mac_only_encrypted']) !== true) return undefined;
  const path = ['metadata', 'annotations', annotation];
  return { file: birth.file, operations: [{ op: 'set', path, value: 'disabled', document: birth.document }] };
}
