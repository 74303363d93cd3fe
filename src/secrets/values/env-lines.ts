import { usageError } from '../../errors.ts';
import { keyFault } from './check-values.ts';
import { type SecretValue, textValue } from './secret-value.ts';

/** Where lines come from, for errors: `--from-env-file prod.env`, `stdin`. */
interface LineSource {
  what: string;
  /** What a line with a name alone takes its value from. */
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads `KEY=VALUE` lines as `kubectl create secret --from-env-file` does: split at the first `=`, quotes and blanks of
 * the value are part of it, `#` begins a comment only at a line's beginning, and a name alone takes the variable of that
 * name. Stricter in two things: a variable that is not set and a name that is there twice are errors.
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_create/kubectl_create_secret_generic/
 *
 * @throws ExpectedError `secret-source` naming the line, never what is in it
 */
export function envLines(text: string, { what, env }: LineSource): Map<string, SecretValue> {
  const values = new Map<string, SecretValue>();
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  for (const [index, whole] of lines.entries()) {
    const line = whole.replace(/\r$/, '').trimStart();
    if (line === '' || line.startsWith('#')) continue;
    const refuse = (reason: string) =>
      usageError(`${what}:${index + 1} ${reason}`, { code: 'secret-source', hint: 'write KEY=VALUE, one a line' });
    if (/^export\s/.test(line))
      throw usageError(`${what}:${index + 1} begins with "export", which is for a shell`, {
        code: 'secret-source',
        hint: 'take the word out: KEY=VALUE, one a line, without quotes around the value',
      });
    const equals = line.indexOf('=');
    const key = equals === -1 ? line : line.slice(0, equals);
    // a value of several lines would look like a wrong name, and must not be repeated
    if (keyFault(key) !== undefined) throw refuse('does not begin with a key: letters, digits, "-", "_" and "."');
    if (values.has(key)) throw refuse(`has a key for the second time: ${key}`);
    const value = equals === -1 ? env[key] : line.slice(equals + 1);
    if (value === undefined) throw refuse('has no "=", and no variable of that name is set');
    values.set(key, textValue(value));
  }
  return values;
}

/** Keys whose value has the same quote at both ends: in a shell's file that is no part of it, here it is. */
export function quotedKeys(values: ReadonlyMap<string, SecretValue>): string[] {
  return [...values].flatMap(([key, { text }]) => (/^(["']).*\1$/s.test(text.reveal()) ? [key] : []));
}
