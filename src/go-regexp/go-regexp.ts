import { translate } from './translate.ts';

/** Whether a text has a match anywhere in it, as Go's `regexp.MatchString` decides. */
export type GoRegExp = (text: string) => boolean;

const compiled = new Map<string, GoRegExp | undefined>();

/**
 * Compiles a regular expression of Go's dialect, which is RE2's with Perl's flags: https://pkg.go.dev/regexp/syntax
 *
 * @returns undefined when Go cannot compile it. SOPS takes no notice of that and encrypts nothing, so nobody else may.
 */
export function compileGoRegExp(pattern: string): GoRegExp | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern);
}

function compile(pattern: string): GoRegExp | undefined {
  const source = translate(pattern);
  if (source === undefined) return undefined;
  const expression = new RegExp(source, 'v');
  return (text) => expression.test(text);
}
