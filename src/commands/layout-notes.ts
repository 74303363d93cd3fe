import { layoutTraits } from '../model/layouts.ts';
import type { Model } from '../model/model.ts';

/** What a person may not expect of a layout: one that is not meant for teams has their folders as soon as there is one. */
export function layoutNotes({ layout, teams }: Model): string[] {
  const isMeant = layoutTraits[layout].isForTeams;
  if (isMeant || Object.keys(teams).length === 0) return [];
  return [`The layout stays "${layout}"; with teams its folders are like those of multi-tenant: tenants/ and teams/.`];
}
