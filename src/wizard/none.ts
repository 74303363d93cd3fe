import type { Fault } from './question.ts';

/** How "no component at all" and "no app at all" are said. */
export const none = 'none';

/** The names that were said; `none` is not among them, and beside others it is a fault. */
export function namesBesideNone(texts: readonly string[], things: string): { names: string[]; faults: Fault[] } {
  const names = texts.filter((text) => text !== none);
  const isMixed = names.length > 0 && names.length < texts.length;
  return { names, faults: isMixed ? [{ message: `"${none}" does not go with other ${things}` }] : [] };
}
