import type { UnitId } from '../plan/entry.ts';
import { kindOfUnit, mapOfKind } from './units.ts';

/**
 * Puts a model together again from the parts that `unitsOf` took it apart into, as the lock files keep them.
 * The result is as valid as the parts are: hold it against the schema.
 * @returns undefined without the part of `repository`
 */
export function modelFromParts(parts: Iterable<{ unit: UnitId; part: unknown }>): Record<string, unknown> | undefined {
  let repository: unknown;
  const maps: Record<string, Record<string, unknown>> = {};
  for (const { unit, part } of parts) {
    if (unit === 'repository') {
      repository = part;
      continue;
    }
    const { kind, name } = kindOfUnit(unit);
    const map = mapOfKind(kind);
    const known = maps[map] ?? {};
    known[name] = part;
    maps[map] = known;
  }
  return typeof repository === 'object' && repository !== null ? { ...repository, ...maps } : undefined;
}
