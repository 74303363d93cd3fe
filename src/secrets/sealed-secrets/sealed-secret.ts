import type { KeyObject } from 'node:crypto';
import type { DeclaredSecret } from '../../model/declared-secrets.ts';
import { yamlBlock } from '../../yaml/yaml-block.ts';
import { secretTypeRows } from '../secret-types.ts';
import { bytesOf, type SecretValues } from '../values/secret-value.ts';
import { sealValue } from './seal-value.ts';

/**
 * The SealedSecret object, as kubeseal writes it: every value sealed by itself, for this name in this namespace.
 * https://github.com/bitnami-labs/sealed-secrets/blob/v0.36.6/pkg/apis/sealedsecrets/v1alpha1/types.go
 */
export function sealedSecret(declared: DeclaredSecret, values: SecretValues, publicKey: KeyObject): string {
  const { name, namespace, type } = declared;
  const sealed = [...values]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]): [string, string] => [key, sealValue(bytesOf(value), publicKey, { namespace, name })]);
  return yamlBlock({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name, namespace },
    spec: {
      encryptedData: Object.fromEntries(sealed),
      template: { metadata: { name, namespace }, type: secretTypeRows[type].kubernetesType },
    },
  });
}
