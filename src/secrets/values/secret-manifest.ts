import type { DeclaredSecret } from '../../model/declared-secrets.ts';
import { doubleQuoted } from '../../yaml/double-quoted.ts';
import { yamlScalar } from '../../yaml/yaml-scalar.ts';
import { textScalar } from '../format/plain-scalar.ts';
import { Secret } from '../secret.ts';
import { secretTypeRows } from '../secret-types.ts';
import type { SecretValues } from './secret-value.ts';

/**
 * The Secret object in plain text, to be encrypted at once. Text is under `stringData`, what is no text under `data`;
 * everything is a text to YAML, since SOPS gives a number back as a number and the API server refuses that.
 *
 * Flux substitutes variables after it decrypts: without the annotation `${…}` in a password would be changed.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function secretManifest(declared: DeclaredSecret, values: SecretValues): Secret {
  const { name, namespace, type } = declared;
  const entries = [...values].sort(([one], [other]) => (one < other ? -1 : 1));
  const lines = (isBinary: boolean) =>
    entries
      .filter(([, value]) => value.isBinary === isBinary)
      .map(([key, { text }]) => `  ${textScalar(key, false)}: ${doubleQuoted(text.reveal())}`);
  const section = (field: string, below: string[]) => (below.length === 0 ? [] : [`${field}:`, ...below]);
  return new Secret(
    [
      'apiVersion: v1',
      'kind: Secret',
      'metadata:',
      `  name: ${yamlScalar(name)}`,
      `  namespace: ${yamlScalar(namespace)}`,
      '  annotations:',
      '    kustomize.toolkit.fluxcd.io/substitute: disabled',
      `type: ${secretTypeRows[type].kubernetesType}`,
      ...section('data', lines(true)),
      ...section('stringData', lines(false)),
      '',
    ].join('\n'),
  );
}
