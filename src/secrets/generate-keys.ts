import { generateAgeKey } from './age-identity.ts';
import { type KeyName, keyFileName } from './key-name.ts';
import { controllerNamespace } from './sealed-secrets/controller-namespace.ts';
import { generateSealingKey } from './sealed-secrets/sealing-key.ts';
import type { Secret } from './secret.ts';

export interface NamedKey {
  key: KeyName;
  /** The private half: an age identity, of a sealing key the manifest that holds it. */
  identity: Secret;
  /** The public half: an age recipient, of a sealing key its certificate (PEM). */
  recipient: string;
}

/** One new key for each name, in the same order. Names must differ. */
export async function generateKeys(names: readonly KeyName[]): Promise<NamedKey[]> {
  const files = new Set(names.map(keyFileName));
  if (files.size !== names.length) throw new Error('two keys of one name');
  return Promise.all(names.map(newKey));
}

async function newKey(key: KeyName): Promise<NamedKey> {
  if (key.kind !== 'sealing') return { key, ...(await generateAgeKey()) };
  const about = { environment: key.name, namespace: controllerNamespace(), now: new Date() };
  const { certificate, manifest } = await generateSealingKey(about);
  return { key, identity: manifest, recipient: certificate };
}
