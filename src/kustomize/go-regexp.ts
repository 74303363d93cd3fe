import { RE2JS } from 're2js';

/** In these characters Go's and JavaScript's dialects agree, and nothing can be repeated: most selectors are a name or a few. */
const commonDialect = /^[\w/|^$():?-]*$/;

/** What a text is held against. */
interface Expression {
  /** Whether a text has a match anywhere in it. */
  test(text: string): boolean;
}

const compiled = new Map<string, Expression | undefined>();

/**
 * A regular expression in Go's dialect (RE2), matched in linear time: a repository may be anybody's.
 * https://github.com/google/re2/wiki/Syntax
 *
 * @returns undefined for what Go refuses
 */
export function goRegExp(pattern: string): Expression | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern);
}

function compile(pattern: string): Expression | undefined {
  try {
    return commonDialect.test(pattern) && !/[^(]\?|\(\?[^:]/.test(pattern)
      ? new RegExp(pattern)
      : RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}
