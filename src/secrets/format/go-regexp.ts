/** Whether a text has a match anywhere in it, as Go's `regexp.MatchString` decides. */
export type GoRegExp = (text: string) => boolean;

/** In these characters Go's and JavaScript's dialects agree; our own rules need no others, and the engine takes 25 ms to load. */
const commonDialect = /^[\w/|^$()-]*$/;

const compiled = new Map<string, Promise<GoRegExp | undefined>>();

/**
 * Compiles a regular expression of Go's dialect (RE2): https://github.com/google/re2/wiki/Syntax
 *
 * @returns undefined when Go cannot compile it. SOPS takes no notice of that and encrypts nothing, so nobody else may.
 */
export function compileGoRegExp(pattern: string): Promise<GoRegExp | undefined> {
  const known = compiled.get(pattern) ?? compile(pattern);
  compiled.set(pattern, known);
  return known;
}

async function compile(pattern: string): Promise<GoRegExp | undefined> {
  try {
    if (commonDialect.test(pattern)) {
      const expression = new RegExp(pattern);
      return (text) => expression.test(text);
    }
    const { RE2JS } = await import('re2js');
    const expression = RE2JS.compile(pattern);
    return (text) => expression.test(text);
  } catch {
    return undefined;
  }
}
