import { ExpectedError } from '../errors.ts';
import type { SideName } from '../git/unmerged-paths.ts';
import type { Model } from '../model/model.ts';
import { readModel } from '../model/read-model.ts';
import type { ConflictChange } from '../plan/change.ts';
import { conflictChanges } from '../plan/conflict-changes.ts';
import { mergeBranches } from '../plan/merge/merge-branches.ts';
import type { MergeResult, Side } from '../plan/merge/merge-result.ts';
import { mergeYaml } from '../plan/merge/merge-yaml.ts';
import { stableJson } from '../plan/stable-json.ts';
import { yamlBlock } from '../yaml/yaml-block.ts';
import type { ConflictedRepository } from './conflicted-repository.ts';
import { lastApplied } from './last-applied.ts';
import { modelPath } from './target-folder.ts';

/** The model of two branches together. */
export interface MergedModels {
  /** `flux-repo.yaml` as it is to be. */
  text: string;
  /** What it says. */
  model: Model;
  /** What the files are to follow: without edits of the model that neither branch has applied. */
  wanted: Model;
}

/**
 * Merges the models of the branches: maps by name, so what both added stays, comments too.
 * @param prefer whose value is taken where both changed one
 * @returns the conflicts where there are any
 * @throws ExpectedError (exit 3) when the branches together say something impossible
 */
export function mergeModels(
  repository: ConflictedRepository,
  prefer: Side | undefined,
): MergedModels | { conflicts: ConflictChange[] } {
  const file = { path: modelPath, unit: 'repository', ownership: 'model' } as const;
  const merged = modelText(repository, prefer);
  if (merged.conflicts.length > 0) return { conflicts: conflictChanges(file, merged.conflicts) };
  const model = readTogether(merged.text);
  return { text: merged.text, model, wanted: wantedModel(repository, model, prefer) };
}

function modelText({ unmerged, branches, disk }: ConflictedRepository, prefer: Side | undefined): MergeResult {
  const textOf = (side: SideName) => {
    const contents = branches[side].tree.read(modelPath);
    return typeof contents === 'string' ? contents : undefined;
  };
  if (!unmerged.has(modelPath)) {
    const contents = disk.read(modelPath);
    return { text: typeof contents === 'string' ? contents : '', conflicts: [] };
  }
  const [base, ours, theirs] = [textOf('base'), textOf('ours'), textOf('theirs')];
  if (ours !== undefined && theirs !== undefined) {
    const version = (text: string) => ({ text, generated: undefined });
    const versions = { base: base === undefined ? base : version(base), ours: version(ours), theirs: version(theirs) };
    return mergeBranches({ ...versions, path: modelPath, wanted: undefined, prefer });
  }
  const chosen = prefer && { ours, theirs }[prefer];
  if (chosen !== undefined) return { text: chosen, conflicts: [] };
  return { text: '', conflicts: [{ at: [], base, ours, theirs, isText: true }] };
}

/** What was applied on the branches, merged, where a branch has edits of its model that were not applied; else the model. */
function wantedModel({ branches }: ConflictedRepository, model: Model, prefer: Side | undefined): Model {
  const sides = [branches.base, branches.ours, branches.theirs];
  const applied = sides.map((branch) => explained(() => lastApplied(branch)));
  const written = sides.map(({ tree }) => {
    const text = tree.read(modelPath);
    return typeof text === 'string' ? explained(() => readModel({ text, file: modelPath })) : undefined;
  });
  const [base, ours, theirs] = applied;
  const isPending = [1, 2].some((side) => stableJson(applied[side]) !== stableJson(written[side]));
  if (!isPending || ours === undefined || theirs === undefined) return model;
  const versions = { base: base && yamlBlock(base), ours: yamlBlock(ours), theirs: yamlBlock(theirs) };
  const { text, conflicts } = mergeYaml({ ...versions, path: modelPath, prefer });
  if (conflicts.length > 0) return model;
  return explained(() => readModel({ text, file: modelPath })) ?? model;
}

function readTogether(text: string): Model {
  try {
    return readModel({ text, file: modelPath });
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    throw new ExpectedError({
      code: 'impossible-together',
      exitCode: 3,
      message: `the branches together make a ${modelPath} that cannot be used; nothing was written`,
      why: error.why,
      problems: error.problems,
      hint: `decide in ${modelPath} by hand, git add ${modelPath}, then run this again for the other files`,
    });
  }
}

/** Undefined when it cannot be told. */
function explained<Result>(tell: () => Result): Result | undefined {
  try {
    return tell();
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}
