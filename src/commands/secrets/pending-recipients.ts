import { isDeepStrictEqual } from 'node:util';
import type { ModelEdit } from '../../model/edit-model.ts';
import type { Model } from '../../model/model.ts';

/** Units that have keys of their own. */
const keyed = ['clusters', 'environments', 'teams'] as const;

/**
 * Public keys that somebody wrote into `flux-repo.yaml`, or took out of it, since it was last applied. Those of a unit that
 * comes or goes wait for the command that brings it or takes it away.
 */
export function pendingRecipients(applied: Model, present: Model): ModelEdit[] {
  const people = namesIn(applied.secrets.recipients, present.secrets.recipients).map((name) => ({
    path: ['secrets', 'recipients', name] as const,
    values: [applied, present].map(({ secrets }) => secrets.recipients?.[name]),
  }));
  const units = keyed.flatMap((map) =>
    Object.keys(present[map])
      .filter((name) => Object.hasOwn(applied[map], name))
      .map((name) => ({
        path: [map, name, 'recipients'] as const,
        values: [applied, present].map((model) => model[map][name]?.recipients),
      })),
  );
  return [...people, ...units]
    .filter(({ values: [before, after] }) => !isDeepStrictEqual(before, after))
    .map(({ path, values }) => ({ path, value: values[1] }));
}

function namesIn(...maps: readonly (Readonly<Record<string, string>> | undefined)[]): string[] {
  return [...new Set(maps.flatMap((map) => Object.keys(map ?? {})))];
}
