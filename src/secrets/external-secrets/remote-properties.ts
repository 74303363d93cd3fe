import type { DeclaredSecret } from '../../model/declared-secrets.ts';

/** What a registry's login is made of in the store; the file that kubelet reads is put together in the cluster. */
const registryProperties: readonly string[] = ['server', 'username', 'password'];

/** The properties that a Secret's entry in the store has: its keys, of a registry's login the parts. */
export function remoteProperties({ type, keys }: Pick<DeclaredSecret, 'type' | 'keys'>): readonly string[] {
  return type === 'docker-registry' ? registryProperties : keys;
}
