/** What is written in a JavaScript class with the flag `v`, which lets classes stand in classes. */
export type CharacterSet = string;

/** `\d`, `\s` and `\w` of RE2: ASCII, and no vertical tab among the spaces. */
export const perlSets: Readonly<Record<string, CharacterSet>> = { d: '[0-9]', s: '[\\t\\n\\f\\r ]', w: '[0-9A-Za-z_]' };

/** Names in `[[:name:]]`. */
export const posixSets: ReadonlyMap<string, CharacterSet> = new Map(
  Object.entries({
    alnum: '[0-9A-Za-z]',
    alpha: '[A-Za-z]',
    ascii: '[\\x00-\\x7F]',
    blank: '[\\t ]',
    cntrl: '[\\x00-\\x1F\\x7F]',
    digit: '[0-9]',
    graph: '[\\x21-\\x7E]',
    lower: '[a-z]',
    print: '[\\x20-\\x7E]',
    punct: '[\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E]',
    space: '[\\t\\n\\v\\f\\r ]',
    upper: '[A-Z]',
    word: '[0-9A-Za-z_]',
    xdigit: '[0-9A-Fa-f]',
  }),
);

/** One character of a code point, which no syntax can mistake. */
export function codePoint(value: number): string {
  return `\\u{${value.toString(16)}}`;
}

/** The characters of a set, or all others; `folds` takes upper and lower case as one, before the choice of the others. */
export function characterSet(set: CharacterSet, { folds = false, isNegated = false } = {}): CharacterSet {
  const whole = folds ? withOtherCase(set) : set;
  return isNegated ? `[^${whole}]` : whole;
}

let cased: string | undefined;

/**
 * Adds what differs from a character of the set by case only. JavaScript's flag `i` folds by the same table as Go does, but it
 * holds for a whole expression, and Go's for a part.
 */
function withOtherCase(set: CharacterSet): CharacterSet {
  cased ??= charactersWithCase();
  const others = cased.match(new RegExp(set, 'giv')) ?? [];
  return `[${set}${others.map((other) => codePoint(other.codePointAt(0) ?? 0)).join('')}]`;
}

/** Everything that has a case is in the first two planes. */
function charactersWithCase(): string {
  const all = Array.from({ length: 0x2_00_00 }, (_, value) => String.fromCodePoint(value));
  return all
    .filter((character) => /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u.test(character))
    .join('');
}
