import { usageError } from '../../errors.ts';
import type { SecretType } from '../../model/secret-fields.ts';
import { secretTypeRows } from '../secret-types.ts';
import { bytesOf, type SecretValues } from './secret-value.ts';

/** All values of one Secret together: https://kubernetes.io/docs/concepts/configuration/secret/#restriction-data-size */
const mostBytes = 1024 * 1024;

/** Why the API server would refuse a key of a Secret; undefined for a good one. */
export function keyFault(key: string): string | undefined {
  if (key === '') return 'a key cannot be empty';
  if (key.length > 253) return 'a key has at most 253 characters';
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) return 'a key has letters, digits, "-", "_" and "."';
  return key === '.' || key.startsWith('..') ? 'a key cannot be "." nor begin with ".."' : undefined;
}

/**
 * Judges the values of one Secret before anything is encrypted.
 *
 * @param what the Secret, for the error: `secret db`
 * @throws ExpectedError `secret-key`, `secret-values`, `secret-too-large`: no value is in it
 */
export function checkValues(what: string, type: SecretType, values: SecretValues): void {
  for (const key of values.keys()) {
    const fault = keyFault(key);
    if (fault !== undefined)
      throw usageError(`${what}: ${fault}`, { code: 'secret-key', why: [`The key is ${JSON.stringify(key)}.`] });
  }
  const fault = secretTypeRows[type].fault?.(values);
  if (fault !== undefined)
    throw usageError(`${what}: ${fault}`, { code: 'secret-values', hint: 'Correct the value and run it again.' });
  checkSize(what, values);
}

/** @throws ExpectedError `secret-too-large` */
export function checkSize(what: string, values: SecretValues): void {
  const sizes = [...values].map(([key, value]) => ({ key, size: bytesOf(value).length }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  if (total <= mostBytes) return;
  const largest = sizes.reduce((one, other) => (other.size > one.size ? other : one));
  throw usageError(`${what} would hold ${total} bytes; Kubernetes takes 1 MiB (${mostBytes}) in one Secret`, {
    code: 'secret-too-large',
    why: [`The largest value is ${largest.key}: ${largest.size} bytes.`],
    hint: 'Keep large files elsewhere, or split them over several Secrets.',
  });
}
