import type { Io } from '../cli/io.ts';
import { version } from '../cli/program.ts';
import type { Model } from '../model/model.ts';
import { isGenerated, type UnitEntries, type UnitId } from '../plan/entry.ts';
import type { Plan } from '../plan/plan.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { OpenRepository } from './open-repository.ts';
import { planWithBases } from './plan-with-bases.ts';
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
  /** Ciphertext to be written, by path. */
  sealed?: ReadonlyMap<RepoPath, string>;
  /** Encrypted files to be deleted. */
  unsealed?: ReadonlySet<RepoPath>;
  /** Units that are to be no more. */
  removed?: ReadonlySet<UnitId>;
}

/**
 * Compares what the units want with what is there and with what was generated last.
 * @throws ExpectedError for sides that name no file, and as `planChanges`
 */
export async function compareUnits(
  io: Io,
  { root, tree, locks, text: before }: Pick<OpenRepository, 'root' | 'tree' | 'locks' | 'text'>,
  { units, text, sides, applied, sealed, unsealed, removed }: Comparing,
): Promise<Plan> {
  const generated = units.flatMap(({ entries }) => entries.filter(isGenerated).map(({ path }) => path));
  const had = [...units.map(({ unit }) => unit), ...(removed ?? [])];
  const leaving = had.flatMap((unit) => Object.keys(locks.get(unit)?.files ?? {}));
  const model = { path: modelPath, before, after: text };
  const resolve = resolutionOf(sides, [...generated, ...leaving], { root, cwd: io.cwd });
  const sealing = { ...(sealed && { sealed }), ...(unsealed && { unsealed }), ...(removed && { removed }) };
  const request = { units, tree, locks, toolVersion: version, model, resolve, ...sealing };
  return withoutBookkeeping(await planWithBases(io, root, request, applied));
}
