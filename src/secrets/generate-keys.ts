import { type AgeKey, generateAgeKey } from './age-identity.ts';
import { type KeyName, keyFileName } from './key-name.ts';

export interface NamedKey extends AgeKey {
  key: KeyName;
}

/** One new X25519 key for each name, in the same order. Names must differ. */
export async function generateKeys(names: readonly KeyName[]): Promise<NamedKey[]> {
  const files = new Set(names.map(keyFileName));
  if (files.size !== names.length) throw new Error('two keys of one name');
  return Promise.all(names.map(async (key) => ({ key, ...(await generateAgeKey()) })));
}
