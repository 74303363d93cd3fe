/**
 * The patterns of Flux' envsubst: `*` and `?` match anything, slashes too, `[a-z]` and `[^a-z]` a class, a backslash
 * protects what follows.
 *
 * @returns a function that never matches for a malformed pattern
 */
export function globMatcher(pattern: string): (text: string) => boolean {
  const expression = translated(pattern);
  return expression === undefined ? () => false : (text) => expression.test(text);
}

function translated(pattern: string): RegExp | undefined {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? '';
    if (character === '*') source += '.*';
    else if (character === '?') source += '.';
    else if (character === '[') {
      const found = /^\[(\^?)((?:\\.|[^\]\\])+)\]/u.exec(pattern.slice(at));
      if (found === null) return undefined;
      source += `[${found[1]}${(found[2] ?? '').replace(/[[\]^]/g, '\\$&')}]`;
      at += found[0].length - 1;
    } else if (character === '\\') {
      at++;
      if (at >= pattern.length) return undefined;
      source += escaped(pattern[at] ?? '');
    } else source += escaped(character);
  }
  try {
    return new RegExp(`^${source}$`, 'su');
  } catch {
    return undefined;
  }
}

function escaped(character: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
