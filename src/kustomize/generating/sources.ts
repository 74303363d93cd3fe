import { isUtf8 } from 'node:buffer';
import { BuildFailure } from '../build-failure.ts';

/** `key=value`, the value perhaps in quotes. @throws BuildFailure without a key */
export function literal(text: string): [key: string, value: string] {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new BuildFailure('generator', `the literal ${text} is no key=value`, 'Write key=value.');
  const value = text.slice(equals + 1);
  return [text.slice(0, equals), /^(["']).*\1$/s.test(value) && value.length > 1 ? value.slice(1, -1) : value];
}

/** `path`, or `key=path`; without a key the file's name is the key. */
export function fileSource(text: string): { key: string; path: string } {
  const [first = '', second, ...more] = text.split('=');
  if (more.length > 0 || first === '' || second === '')
    throw new BuildFailure('generator', `the file source ${text} is no key=path`, 'Write key=path, or a path.');
  return second === undefined
    ? { key: first.slice(first.lastIndexOf('/') + 1), path: first }
    : { key: first, path: second };
}

/**
 * The lines `KEY=value` of an env file, comments and empty lines left out. A key alone has the value that whoever builds
 * has in the environment: none in a controller.
 * @throws BuildFailure for a line without a key
 */
export function envLines(contents: Uint8Array, path: string): [key: string, value: string][] {
  if (!isUtf8(contents))
    throw new BuildFailure('generator', `${path} is no UTF-8 text`, 'Save it as UTF-8, or list it under files.');
  const text = Buffer.from(contents)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  return text.split('\n').flatMap((written): [string, string][] => {
    const line = written.replace(/\r$/, '').replace(/^\s+/, '');
    if (line === '' || line.startsWith('#')) return [];
    const equals = line.indexOf('=');
    if (equals === 0)
      throw new BuildFailure('generator', `${path} has a line without a key: ${line}`, 'Write KEY=value.');
    return [equals === -1 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)]];
  });
}
