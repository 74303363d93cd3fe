import { isDeepStrictEqual } from 'node:util';
import type { Model } from './model.ts';
import { shownUnit, unitsOf } from './units.ts';

/**
 * What one model says otherwise than another, for a sentence: `app api` where it is new, `interval of app web`,
 * `variables` of the whole repository.
 */
export function changedParts(before: Model, after: Model): string[] {
  const known = new Map(unitsOf(before).map(({ unit, part }) => [unit, part]));
  const wanted = new Map(unitsOf(after).map(({ unit, part }) => [unit, part]));
  const gone = [...known.keys()].filter((unit) => !wanted.has(unit)).map((unit) => `no ${shownUnit(unit)}`);
  const changed = [...wanted].flatMap(([unit, part]) => {
    if (!known.has(unit)) return [shownUnit(unit)];
    const keys = changedKeys(known.get(unit), part);
    if (unit === 'repository' || keys.length === 0) return keys;
    return [`${keys.join(' and ')} of ${shownUnit(unit)}`];
  });
  return [...changed, ...gone];
}

function changedKeys(before: unknown, after: unknown): string[] {
  const [old, fresh] = [before, after].map((part) => new Map<string, unknown>(Object.entries(part ?? {})));
  const keys = new Set([...(fresh?.keys() ?? []), ...(old?.keys() ?? [])]);
  return [...keys].filter((key) => !isDeepStrictEqual(old?.get(key), fresh?.get(key)));
}
