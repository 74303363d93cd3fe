/** Constructs on which Go (RE2) and JavaScript do not agree, apart from those that are translated below. */
const different = /\(\?(?![:])|\\[^\w]?[aAzZQECpPbBkK0-9xuUcv]|\[\[|\[\]|\[\^\]/;

const compiled = new Map<string, RegExp | undefined>();

/**
 * A regular expression in Go's dialect, for JavaScript.
 * @returns undefined for what Go refuses, or for what means something else here and cannot be translated
 */
export function goRegExp(pattern: string): RegExp | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern);
}

function compile(pattern: string): RegExp | undefined {
  const flags = /^(\^\(\?:)?\(\?i\)/.test(pattern) ? 'i' : '';
  const translated = pattern
    .replace(/^(\^\(\?:)?\(\?i\)/, '$1')
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\z', '$')
    .replaceAll('\\A', '^');
  if (different.test(translated.replaceAll(/\(\?<[A-Za-z_]\w*>/g, '('))) return undefined;
  try {
    return new RegExp(translated, flags);
  } catch {
    return undefined;
  }
}
