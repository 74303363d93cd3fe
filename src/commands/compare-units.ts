import type { Io } from '../cli/io.ts';
import { version } from '../cli/program.ts';
import { generateUnits } from '../generators/generate-units.ts';
import { findBlobs } from '../git/find-blobs.ts';
import type { Model } from '../model/model.ts';
import { contentHash } from '../plan/content-hash.ts';
import type { UnitEntries } from '../plan/entry.ts';
import type { Plan } from '../plan/plan.ts';
import { type PlanRequest, planChanges } from '../plan/plan-changes.ts';
import type { BaseSources } from '../plan/pristine-base.ts';
import type { OpenRepository } from './open-repository.ts';
import { resolutionOf, type Sides } from './sides.ts';
import { modelPath } from './target-folder.ts';
import { withoutBookkeeping } from './without-bookkeeping.ts';

/** What is to be compared with a repository. */
export interface Comparing {
  units: readonly UnitEntries[];
  /** Of `flux-repo.yaml` as it will be. */
  text: string;
  sides: Sides;
  /** The model as applied last, where that is known: it generates what is needed to tell a hand edit. */
  applied: Model | undefined;
}

/**
 * Compares what the units want with what is there and with what was generated last; what the disk and the base store
 * do not have of that is generated again, and else looked for in git's history.
 * @throws ExpectedError for sides that name no file, and as `planChanges`
 */
export async function compareUnits(
  io: Io,
  { root, tree, locks, text: before }: OpenRepository,
  { units, text, sides, applied }: Comparing,
): Promise<Plan> {
  const generated = units.flatMap(({ entries }) => entries.map(({ path }) => path));
  const bases: BaseSources = applied === undefined ? {} : { regenerate: regenerating(applied) };
  const request: PlanRequest = {
    units,
    tree,
    locks,
    toolVersion: version,
    model: { path: modelPath, before, after: text },
    bases,
    resolve: resolutionOf(sides, generated, { root, cwd: io.cwd }),
  };
  const first = planChanges(request);
  if (first.missingBases.length === 0) return withoutBookkeeping(first);
  const blobs = await findBlobs(root, first.missingBases, contentHash, io);
  return withoutBookkeeping(blobs.size === 0 ? first : planChanges({ ...request, bases: { ...bases, blobs } }));
}

/** The texts of the model as last applied; generated when the first of them is asked for. */
function regenerating(applied: Model): NonNullable<BaseSources['regenerate']> {
  let texts: Map<string, string> | undefined;
  const key = (path: string, block: string | undefined) => JSON.stringify([path, block]);
  return ({ path, block }) => {
    texts ??= new Map(
      generateUnits(applied, { toolVersion: version }).flatMap(({ entries }) =>
        entries.map((entry) => [key(entry.path, entry.kind === 'block' ? entry.id : undefined), entry.contents]),
      ),
    );
    return texts.get(key(path, block));
  };
}
