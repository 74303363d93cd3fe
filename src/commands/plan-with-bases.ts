import type { Io } from '../cli/io.ts';
import { version } from '../cli/program.ts';
import { generateUnits } from '../generators/generate-units.ts';
import { findBlobs } from '../git/find-blobs.ts';
import type { Model } from '../model/model.ts';
import { contentHash } from '../plan/content-hash.ts';
import { isGenerated } from '../plan/entry.ts';
import type { Plan } from '../plan/plan.ts';
import { type PlanRequest, planChanges } from '../plan/plan-changes.ts';
import type { BaseSources } from '../plan/pristine-base.ts';

/**
 * Plans with what was generated last: what the disk and the base store do not have of that is generated again, and
 * else looked for in git's history.
 * @param applied the model as applied last, where that is known
 */
export async function planWithBases(
  io: Io,
  root: string,
  request: PlanRequest,
  applied: Model | undefined,
): Promise<Plan> {
  const bases: BaseSources = { ...request.bases, ...regenerating(applied) };
  const first = planChanges({ ...request, bases });
  if (first.missingBases.length === 0) return first;
  const found = await findBlobs(root, first.missingBases, contentHash, io);
  if (found.size === 0) return first;
  return planChanges({ ...request, bases: { ...bases, blobs: new Map([...(bases.blobs ?? []), ...found]) } });
}

/** The texts of a model that was applied, generated when the first of them is asked for; nothing without a model. */
export function regenerating(applied: Model | undefined): Pick<BaseSources, 'regenerate'> {
  if (applied === undefined) return {};
  let texts: Map<string, string> | undefined;
  const key = (path: string, block: string | undefined) => JSON.stringify([path, block]);
  const regenerate: BaseSources['regenerate'] = ({ path, block }) => {
    texts ??= new Map(
      generateUnits(applied, { toolVersion: version }).flatMap(({ entries }) =>
        entries
          .filter(isGenerated)
          .map((entry) => [key(entry.path, entry.kind === 'block' ? entry.id : undefined), entry.contents]),
      ),
    );
    return texts.get(key(path, block));
  };
  return { regenerate };
}
