import { stripVTControlCharacters } from 'node:util';

const mostLines = 12;
const mostCharacters = 240;
const userinfo = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi;

/**
 * What git (or a hook it ran) said, fit for an error's `why`: the last lines, without colours, without blank lines,
 * bounded, and without the name and password a URL may carry.
 */
export function gitWords(...outputs: readonly string[]): string[] {
  const lines = outputs
    .flatMap((output) => stripVTControlCharacters(output).split(/\r?\n|\r/))
    .map((line) => line.trimEnd().replaceAll(userinfo, '$1'))
    .filter((line) => line !== '')
    .map((line) => (line.length > mostCharacters ? `${line.slice(0, mostCharacters)}…` : line));
  return lines.length > mostLines ? ['…', ...lines.slice(-mostLines)] : lines;
}
