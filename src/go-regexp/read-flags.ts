import { type Cursor, NotGo, take } from './cursor.ts';

/** What holds from a place in an expression to the end of its group. */
export interface Flags {
  /** `i`: upper and lower case are one. */
  folds: boolean;
  /** `m`: `^` and `$` are at lines, too. */
  isMultiline: boolean;
  /** `s`: `.` is also a newline. */
  dotIsAny: boolean;
}

const names: Readonly<Record<string, keyof Flags>> = { i: 'folds', m: 'isMultiline', s: 'dotIsAny' };

/** Reads `i-s:` or `i-s)`, what follows `(?`. @returns the flags from here on, and whether a group begins @throws NotGo */
export function readFlags(cursor: Cursor, before: Flags): { flags: Flags; opensGroup: boolean } {
  const flags = { ...before };
  let sets = true;
  let mustName = false;
  for (;;) {
    const letter = take(cursor);
    const name = names[letter];
    if (name !== undefined) flags[name] = sets;
    else if (letter === '-' && sets) sets = false;
    // How much is matched is not asked here, so U, which prefers the shortest, changes nothing.
    else if ((letter === ':' || letter === ')') && !mustName) return { flags, opensGroup: letter === ':' };
    else if (letter !== 'U') throw new NotGo();
    mustName = letter === '-';
  }
}
