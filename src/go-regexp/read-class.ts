import { type CharacterSet, characterSet, codePoint, posixSets } from './character-set.ts';
import { accept, type Cursor, NotGo, peek, take, takeUntil } from './cursor.ts';
import { readEscapedCharacter, readEscapedSet } from './read-escape.ts';

/** Reads a class after its opening bracket, to its closing one. @throws NotGo */
export function readClass(cursor: Cursor, folds: boolean): CharacterSet {
  const isNegated = accept(cursor, '^');
  const members: CharacterSet[] = [];
  // A bracket that comes first is a character.
  while (members.length === 0 || !accept(cursor, ']')) members.push(readMember(cursor, folds));
  return characterSet(`[${members.join('')}]`, { isNegated });
}

function readMember(cursor: Cursor, folds: boolean): CharacterSet {
  return readPosixSet(cursor, folds) ?? readEscapedSet(cursor, folds) ?? readRange(cursor, folds);
}

function readPosixSet(cursor: Cursor, folds: boolean): CharacterSet | undefined {
  if (!accept(cursor, '[:')) return undefined;
  const name = takeUntil(cursor, ':]');
  if (name === undefined) {
    cursor.at -= 2;
    return undefined;
  }
  const isNegated = name.startsWith('^');
  const set = posixSets.get(name.replace(/^\^/, ''));
  if (set === undefined) throw new NotGo();
  return characterSet(set, { folds, isNegated });
}

function readRange(cursor: Cursor, folds: boolean): CharacterSet {
  const low = readCharacter(cursor);
  const isRange = peek(cursor) === '-' && peek(cursor, 1) !== ']' && peek(cursor, 1) !== '';
  if (isRange) take(cursor);
  const high = isRange ? readCharacter(cursor) : low;
  if (high < low) throw new NotGo();
  return characterSet(`[${codePoint(low)}-${codePoint(high)}]`, { folds });
}

function readCharacter(cursor: Cursor): number {
  return accept(cursor, '\\') ? readEscapedCharacter(cursor) : (take(cursor).codePointAt(0) ?? 0);
}
