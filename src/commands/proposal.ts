import type { Io } from '../cli/io.ts';
import type { NextStep } from '../cli/outcome.ts';
import { version } from '../cli/program.ts';
import type { Model } from '../model/model.ts';
import type { Change } from '../plan/change.ts';
import type { UnitEntries } from '../plan/entry.ts';
import { isWrite, type Plan } from '../plan/plan.ts';
import type { NamedKey } from '../secrets/generate-keys.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { OpenRepository } from './open-repository.ts';
import { planWithBases } from './plan-with-bases.ts';
import { chosenSides, type Sides } from './sides.ts';
import { modelPath } from './target-folder.ts';

/** What a command is about to do to a repository that is there. Nothing is written yet. */
export interface Proposal {
  repository: OpenRepository;
  /** In the imperative, for the commit: `Add app web`. */
  title: string;
  /** When it is done: `Added app web`. */
  done: string;
  /** As it will be. */
  model: Model;
  plan: Plan;
  /** In memory only. */
  keys: readonly NamedKey[];
  /** Where the keys will be; undefined when none is made. */
  keysFolder: string | undefined;
  executable: readonly string[];
  /** Whether the person's own edits of the model are what is to be committed. */
  commitsModel: boolean;
  /** To be said before it is done, and after. */
  notes: readonly string[];
  /** What comes after it, besides committing. */
  nextSteps: readonly NextStep[];
  /** The command again: words after the program's name, all answers in them, without `--yes`. */
  words: readonly string[];
}

/** Compares what the units want with what is there. @param text of `flux-repo.yaml` as it will be */
export async function planUnits(
  repository: OpenRepository,
  units: readonly UnitEntries[],
  text: string,
  { sides, io }: { sides: Sides; io: Io },
): Promise<Pick<Proposal, 'plan' | 'executable'>> {
  const { root, tree, locks, text: before } = repository;
  const known = new Set(units.flatMap(({ entries }) => entries.map(({ path }) => path)));
  const model = { path: modelPath, before, after: text };
  const resolve = chosenSides(sides, known, { root, cwd: io.cwd });
  const plan = await planWithBases(repository, { units, tree, locks, toolVersion: version, model, resolve }, io);
  const executable = units.flatMap(({ entries }) =>
    entries.filter((entry) => entry.kind === 'file' && entry.executable).map(({ path }) => path),
  );
  return { plan, executable };
}

/** What a commit of it consists of. */
export function pathsToCommit({ plan, commitsModel }: Pick<Proposal, 'plan' | 'commitsModel'>): RepoPath[] {
  const writes = plan.changes.filter(isWrite).map(({ path }) => path);
  return commitsModel && !writes.includes(modelPath) ? [...writes, modelPath] : writes;
}

/** What the plan writes besides our own bookkeeping. */
export function visibleWrites({ changes }: Plan): Change[] {
  return changes.filter((change) => isWrite(change) && change.ownership !== 'lock');
}
