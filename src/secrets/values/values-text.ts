import { isMap, isScalar, parseDocument } from 'yaml';
import { type ExpectedError, usageError } from '../../errors.ts';
import { envLines } from './env-lines.ts';
import { type SecretValue, textValue } from './secret-value.ts';

const forms = 'one JSON or YAML map of texts, or KEY=VALUE lines';

/**
 * Reads the values that come on stdin: `KEY=VALUE` lines if the first line that says something is one, else one map in
 * JSON or YAML. Scalars are taken as they are written: `0644` stays `0644`.
 *
 * @param env for lines with a name alone
 * @throws ExpectedError `secret-source` naming line or key, never a value
 */
export function valuesText(text: string, env: Readonly<Record<string, string | undefined>>): Map<string, SecretValue> {
  const first = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && line !== '---' && !line.startsWith('#'));
  if (first === undefined) throw refused('is empty');
  return /^[-._a-zA-Z0-9]+=/.test(first) ? envLines(text, { what: 'stdin', env }) : mapOf(text);
}

function mapOf(text: string): Map<string, SecretValue> {
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: true });
  const [error] = document.errors;
  // the library's message quotes the text
  if (error !== undefined) throw refused(`is no YAML${error.linePos ? `, line ${error.linePos[0].line}` : ''}`);
  if (!isMap(document.contents)) throw refused('holds no map');
  const values = new Map<string, SecretValue>();
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (value !== null && !isScalar(value))
      throw refused(`has a list, a map or an alias at key ${JSON.stringify(name)}`);
    values.set(name, textValue(value === null ? '' : String(value.value ?? '')));
  }
  return values;
}

function refused(reason: string): ExpectedError {
  return usageError(`stdin ${reason}`, { code: 'secret-source', hint: `give the values as ${forms}` });
}
