import { createHash } from 'node:crypto';
import type { Secret } from './secret.ts';

/**
 * The path that a Receiver answers at, which its controller computes in the same way; it does not give the token away.
 * https://fluxcd.io/flux/components/notification/receivers/#webhook-path
 *
 * @param receiver the object's name and namespace
 */
export function webhookPath(token: Secret, { name, namespace }: { name: string; namespace: string }): string {
  return `/hook/${createHash('sha256').update(`${token.reveal()}${name}${namespace}`).digest('hex')}`;
}
