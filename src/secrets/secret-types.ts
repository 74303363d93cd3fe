import type { SecretType } from '../model/secret-fields.ts';
import { registryFault, registryValues } from './values/registry-values.ts';
import type { SecretValues } from './values/secret-value.ts';
import { pairFault } from './values/tls-pair.ts';

/** One value that a type needs, and how a person is asked for it. */
export interface SecretInput {
  key: string;
  /** The question's text. */
  message: string;
  /** `hidden` is not shown while it is typed; `file` asks for the name of a file, since nobody types a key of many lines. */
  kind: 'text' | 'hidden' | 'file';
  isOptional?: true;
  /** What Enter takes. */
  usual?: string;
}

/** What is special about a kind of Secret. */
export interface SecretTypeRow {
  /** `type` of the object: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
  kubernetesType: string;
  /** For the wizard: what it is for. */
  about: string;
  inputs: readonly SecretInput[];
  /** The one key that may be given instead of the inputs. */
  insteadOfInputs?: string;
  /** The object's values out of the inputs, where they differ. */
  valuesOf?(inputs: SecretValues): SecretValues;
  /** Why complete values cannot be used; no value is in it. */
  fault?(values: SecretValues): string | undefined;
}

/** All types, in the order in which they are offered. `Opaque` has the keys that a person names. */
export const secretTypeRows: Readonly<Record<SecretType, SecretTypeRow>> = {
  Opaque: { kubernetesType: 'Opaque', about: 'any keys: passwords, tokens, files', inputs: [] },
  'docker-registry': {
    kubernetesType: 'kubernetes.io/dockerconfigjson',
    about: 'pulls images: server, username, password',
    inputs: [
      { key: 'server', message: 'Which registry?', kind: 'text', usual: 'https://index.docker.io/v1/' },
      { key: 'username', message: 'Username?', kind: 'text' },
      { key: 'password', message: 'Password or token?', kind: 'hidden' },
      { key: 'email', message: 'E-mail? (Enter for none)', kind: 'text', isOptional: true },
    ],
    insteadOfInputs: '.dockerconfigjson',
    valuesOf: registryValues,
    fault: registryFault,
  },
  'basic-auth': {
    kubernetesType: 'kubernetes.io/basic-auth',
    about: 'username and password',
    inputs: [
      { key: 'username', message: 'Username?', kind: 'text' },
      { key: 'password', message: 'Password or token?', kind: 'hidden' },
    ],
  },
  tls: {
    kubernetesType: 'kubernetes.io/tls',
    about: 'a certificate and its key',
    inputs: [
      { key: 'tls.crt', message: 'Which file holds the certificate (tls.crt)?', kind: 'file' },
      { key: 'tls.key', message: 'Which file holds its private key (tls.key)?', kind: 'file' },
    ],
    fault: pairFault,
  },
  'ssh-auth': {
    kubernetesType: 'kubernetes.io/ssh-auth',
    about: 'a private key for ssh',
    inputs: [
      { key: 'ssh-privatekey', message: 'Which file holds the private key?', kind: 'file' },
      { key: 'known_hosts', message: 'Which file holds known_hosts? (Enter for none)', kind: 'file', isOptional: true },
    ],
  },
};

/** Inputs of a type that nobody gave and that are needed. */
export function missingInputs(type: SecretType, given: { has(key: string): boolean }): readonly SecretInput[] {
  const { inputs, insteadOfInputs } = secretTypeRows[type];
  if (insteadOfInputs !== undefined && given.has(insteadOfInputs)) return [];
  return inputs.filter(({ key, isOptional, usual }) => !isOptional && usual === undefined && !given.has(key));
}
