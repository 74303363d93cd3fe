import { type CharacterSet, characterSet, perlSets } from './character-set.ts';
import { accept, type Cursor, NotGo, peek, take, takeUntil } from './cursor.ts';

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const highest = 0x10_ff_ff;

/** Reads the rest of an escape for one character, after its backslash. @returns its code point @throws NotGo */
export function readEscapedCharacter(cursor: Cursor): number {
  const character = take(cursor);
  if (character === 'x') return readHexadecimal(cursor);
  // A digit alone is a back-reference, which RE2 does not have.
  if (character === '0' || (/[1-7]/.test(character) && /[0-7]/.test(peek(cursor)))) return readOctal(cursor, character);
  const control = controls[character];
  if (control !== undefined) return control;
  if (/[^\0-\x7F]|[0-9A-Za-z]/.test(character)) throw new NotGo();
  return character.codePointAt(0) ?? 0;
}

function readOctal(cursor: Cursor, first: string): number {
  let digits = first;
  while (digits.length < 3 && /[0-7]/.test(peek(cursor))) digits += take(cursor);
  return Number.parseInt(digits, 8);
}

function readHexadecimal(cursor: Cursor): number {
  const digits = accept(cursor, '{') ? takeUntil(cursor, '}') : take(cursor) + take(cursor);
  if (digits === undefined || !/^[\dA-Fa-f]+$/.test(digits)) throw new NotGo();
  const value = Number.parseInt(digits, 16);
  if (value > highest) throw new NotGo();
  return value;
}

/**
 * Reads `\d`, `\pL`, `\p{Greek}` and their like, backslash included.
 *
 * @returns undefined, with nothing read, when something else comes
 * @throws NotGo for a name that Unicode does not have
 */
export function readEscapedSet(cursor: Cursor, folds: boolean): CharacterSet | undefined {
  if (peek(cursor) !== '\\') return undefined;
  const letter = peek(cursor, 1);
  const isUpper = letter !== letter.toLowerCase();
  const perl = perlSets[letter.toLowerCase()];
  if (perl === undefined && letter.toLowerCase() !== 'p') return undefined;
  cursor.at += 2;
  if (perl !== undefined) return characterSet(perl, { folds, isNegated: isUpper });
  const name = accept(cursor, '{') ? takeUntil(cursor, '}') : take(cursor);
  if (name === undefined) throw new NotGo();
  const isNegated = name.startsWith('^') !== isUpper;
  return characterSet(unicodeSet(name.replace(/^\^/, '')), { folds, isNegated });
}

/** Go knows general categories by their short names and scripts by their long ones. Its `C` is without what is not assigned. */
function unicodeSet(name: string): CharacterSet {
  if (name === 'Any') return '[\\p{Any}]';
  if (name === 'C') return '[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}]';
  if (!/^[A-Z]\w*$/.test(name)) throw new NotGo();
  const property = /^[A-Z][a-z]?$/.test(name) && name !== 'Yi' ? 'General_Category' : 'Script';
  const set = `[\\p{${property}=${name}}]`;
  try {
    new RegExp(set, 'v');
  } catch {
    throw new NotGo();
  }
  return set;
}
