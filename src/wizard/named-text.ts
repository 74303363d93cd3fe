/** `NAME[,key=value]…`, the form in which flags and prompts give a named thing. */
export interface NamedText {
  name: string;
  settings: ReadonlyMap<string, string>;
  /** What is wrong with the form itself. */
  faults: readonly string[];
}

/** Splits at commas; each setting at its first `=`. `\,` is a comma, `\\` a backslash. */
export function parseNamedText(text: string): NamedText {
  const [name = '', ...rest] = splitEscaped(text, ',');
  const settings = new Map<string, string>();
  const faults: string[] = [];
  for (const part of rest) {
    const equals = part.indexOf('=');
    const key = equals === -1 ? part : part.slice(0, equals);
    if (equals === -1)
      faults.push(`"${text}": "${part}" has no value; write ${part || 'key'}=VALUE, and \\, for a comma`);
    else if (key === '') faults.push(`"${text}": "${part}" has no name before "="`);
    else if (settings.has(key)) faults.push(`"${text}": "${key}" is given twice`);
    else settings.set(key, part.slice(equals + 1));
  }
  return { name, settings, faults };
}

/** The text that `parseNamedText` reads back. */
export function namedText(name: string, settings: Iterable<readonly [string, string | undefined]>): string {
  const given = [...settings].filter(([, value]) => value !== undefined);
  return [name, ...given.map(([key, value]) => `${key}=${(value ?? '').replace(/[\\,]/g, '\\$&')}`)].join(',');
}

/** The words of a line, as a prompt for several things takes them: separated by blanks; `\ ` is a blank in a word. */
export function wordsOf(line: string): string[] {
  return splitEscaped(line.replaceAll('\t', ' '), ' ', 'keep').filter((word) => word !== '');
}

/** The line that `wordsOf` reads back. */
export function lineOf(words: readonly string[]): string {
  return words.map((word) => word.replace(/[ \t]/g, '\\$&')).join(' ');
}

/**
 * Splits at a separator that no backslash stands before.
 * @param others what becomes of a backslash before another character: it is resolved, or kept for a later split
 */
function splitEscaped(text: string, separator: string, others: 'resolve' | 'keep' = 'resolve'): string[] {
  const parts = [''];
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    const next = text.charAt(index + 1);
    const last = parts.length - 1;
    if (character === separator) parts.push('');
    else if (character !== '\\') parts[last] += character;
    else if (next === separator || (others === 'resolve' && next === '\\')) {
      parts[last] += next;
      index++;
    } else if (others === 'keep' && next !== '') {
      parts[last] += character + next;
      index++;
    } else parts[last] += character;
  }
  return parts;
}
