import { catalogue as raw } from 'virtual:catalogue';
import * as v from 'valibot';
import { type ComponentEntry, componentEntrySchema } from './component-entry.ts';

/** Every component we know how to install, by name. */
export const catalogue: ReadonlyMap<string, ComponentEntry> = new Map(
  Object.entries(raw).map(([name, entry]) => [name, v.parse(componentEntrySchema, entry)]),
);

/** Names of the components of a repository for which nobody chose any. */
export function defaultComponents(): string[] {
  return [...catalogue].filter(([, entry]) => entry.byDefault).map(([name]) => name);
}

/** The catalogue as people are offered it: last what a strategy for secrets brings along by itself. */
export function offeredComponents(): [string, ComponentEntry][] {
  return [...catalogue].sort(([, one], [, other]) => rankOf(one) - rankOf(other));
}

function rankOf({ offers }: ComponentEntry): number {
  return offers.secretStrategy === undefined ? 0 : 1;
}
