import { characterSet, codePoint } from './character-set.ts';
import { accept, type Cursor, NotGo, peek, take, takeRest, takeUntil } from './cursor.ts';
import { readClass } from './read-class.ts';
import { readEscapedCharacter, readEscapedSet } from './read-escape.ts';
import { type Flags, readFlags } from './read-flags.ts';
import { readRepetition } from './read-repetition.ts';

/** A part of the JavaScript expression. */
interface Part {
  source: string;
  /** How often counted repetitions in it, one inside the other, can repeat what is innermost. */
  repeats: number;
}

interface Reader extends Cursor {
  flags: Flags;
  /** Names of groups so far. */
  names: Set<string>;
}

const mostRepeats = 1000;

/**
 * An expression of Go's dialect as a JavaScript one with the flag `v`, for the question whether a text matches. Which groups
 * match and how much of the text does is not kept.
 *
 * @returns undefined when Go cannot compile it
 */
export function translate(pattern: string): string | undefined {
  const flags = { folds: false, isMultiline: false, dotIsAny: false };
  const reader: Reader = { characters: [...pattern], at: 0, flags, names: new Set() };
  try {
    const { source } = readAlternatives(reader);
    return peek(reader) === '' ? source : undefined;
  } catch (error) {
    if (error instanceof NotGo) return undefined;
    throw error;
  }
}

/** To the end, or to a closing parenthesis, which it leaves. */
function readAlternatives(reader: Reader): Part {
  const alternatives: Part[][] = [[]];
  let follows = false;
  while (peek(reader) !== '' && peek(reader) !== ')') {
    const parts = alternatives.at(-1) ?? [];
    const repetition = readRepetition(reader);
    if (repetition !== undefined) {
      const part = parts.pop();
      // `a**` is one that Go does not take, `(?:a*)*` is.
      if (part === undefined || follows) throw new NotGo();
      parts.push(repeated(part, repetition));
    } else if (accept(reader, '|')) alternatives.push([]);
    else parts.push(...readParts(reader));
    follows = repetition !== undefined;
  }
  const parts = alternatives.flat();
  const source = alternatives.map((sequence) => sequence.map((part) => part.source).join('')).join('|');
  return { source, repeats: Math.max(1, ...parts.map(({ repeats }) => repeats)) };
}

function repeated(part: Part, { sign, times }: { sign: string; times: number | undefined }): Part {
  const repeats = times === undefined ? part.repeats : part.repeats * times;
  if (repeats > mostRepeats) throw new NotGo();
  return { source: `(?:${part.source})${sign}`, repeats };
}

/** What one piece of the expression comes to: mostly one part, none for flags, one for each character of a quotation. */
function readParts(reader: Reader): Part[] {
  const { flags } = reader;
  if (accept(reader, '(')) return readGroup(reader);
  if (accept(reader, '\\Q')) return readQuotation(reader);
  return [{ source: readAtom(reader, flags), repeats: 1 }];
}

function readAtom(reader: Reader, { folds, isMultiline, dotIsAny }: Flags): string {
  if (accept(reader, '[')) return readClass(reader, folds);
  if (accept(reader, '.')) return dotIsAny ? '[\\p{Any}]' : '[^\\n]';
  if (accept(reader, '^')) return isMultiline ? '(?<=^|\\n)' : '^';
  if (accept(reader, '$')) return isMultiline ? '(?=\\n|$)' : '$';
  if (accept(reader, '\\A')) return '^';
  if (accept(reader, '\\z')) return '$';
  if (accept(reader, '\\b')) return '\\b';
  // V8 tries it between the two halves of a character, too; there is neither a character nor the end.
  if (accept(reader, '\\B')) return '\\B(?=[^]|$)';
  const set = readEscapedSet(reader, folds);
  if (set !== undefined) return set;
  return literal(accept(reader, '\\') ? readEscapedCharacter(reader) : (take(reader).codePointAt(0) ?? 0), folds);
}

/** After the opening parenthesis. Flags that are set in a group end with it. */
function readGroup(reader: Reader): Part[] {
  const outside = reader.flags;
  if (accept(reader, '?P<') || accept(reader, '?<')) readName(reader);
  else if (accept(reader, '?')) {
    const { flags, opensGroup } = readFlags(reader, outside);
    reader.flags = flags;
    if (!opensGroup) return [];
  }
  const { source, repeats } = readAlternatives(reader);
  if (!accept(reader, ')')) throw new NotGo();
  reader.flags = outside;
  return [{ source: `(?:${source})`, repeats }];
}

function readName(reader: Reader): void {
  const name = takeUntil(reader, '>') ?? '';
  if (!/^\w+$/.test(name) || reader.names.has(name)) throw new NotGo();
  reader.names.add(name);
}

/** After `\Q`: everything is a character, until `\E` or the end. */
function readQuotation(reader: Reader): Part[] {
  const { folds } = reader.flags;
  const quoted = takeUntil(reader, '\\E') ?? takeRest(reader);
  return [...quoted].map((character) => ({ source: literal(character.codePointAt(0) ?? 0, folds), repeats: 1 }));
}

function literal(value: number, folds: boolean): string {
  return folds ? characterSet(`[${codePoint(value)}]`, { folds }) : codePoint(value);
}
