import type { NextStep } from '../cli/outcome.ts';
import type { InsteadOfDisk } from '../git/commit-paths.ts';
import type { ModelEdit } from '../model/edit-model.ts';
import type { Model } from '../model/model.ts';
import type { Change } from '../plan/change.ts';
import type { UnitEntries, UnitId } from '../plan/entry.ts';
import { isWrite, type Plan } from '../plan/plan.ts';
import type { NamedKey } from '../secrets/generate-keys.ts';
import type { Step } from '../step.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { OpenRepository } from './open-repository.ts';
import { modelPath } from './target-folder.ts';

/** A command's own edits of the model. */
export interface OwnEdits {
  /** @param model that is to get them */
  edits(model: Model): readonly ModelEdit[];
  /** The unit that it adds. */
  adds?: UnitId;
  /** What the files follow then: the model as applied last, with these edits. */
  follows: Model;
}

/** What a command is about to do to a repository that is there. Nothing is written yet. */
export interface Proposal {
  repository: OpenRepository;
  /** In the imperative, for the commit: `Add app web`. */
  title: string;
  /** What the model says otherwise than before, where the title does not tell. */
  changed?: readonly string[];
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
  /** Files that an earlier run wrote and no commit has; they come with this one. */
  forgotten?: readonly RepoPath[];
  /** Units of which no commit knows, and which this command is not about. */
  alsoAdds?: readonly UnitId[];
  /** The model as it is to be committed, where the file has other edits. */
  instead?: InsteadOfDisk;
  /** What a command that leaves the person's other edits of the model alone does to it. */
  own?: OwnEdits;
  /** False: it edits files, and what was generated stays so. */
  regenerates?: false;
  /** The command again would go on with something else, so it does not commit what this one wrote. */
  onlyOnce?: true;
  /** What is done outside of the repository once its files are written, and before they are committed. */
  afterFiles?: readonly Step[];
  /** To be said before it is done, and after. */
  notes: readonly string[];
  /** What comes after it, besides committing. */
  nextSteps: readonly NextStep[];
  /** The command again: words after the program's name, all answers in them, without what is said besides (`againWords`). */
  words: readonly string[];
  /** What it does was typed into an editor: no command without a person says it again. */
  isTyped?: true;
}

/** Files that are to be run, of those the units want. */
export function executableIn(units: readonly UnitEntries[]): RepoPath[] {
  return units.flatMap(({ entries }) =>
    entries.filter((entry) => entry.kind === 'file' && entry.executable).map(({ path }) => path),
  );
}

/** What a commit of it consists of. */
export function pathsToCommit({
  plan,
  commitsModel,
  forgotten = [],
}: Pick<Proposal, 'plan' | 'commitsModel' | 'forgotten'>): RepoPath[] {
  const writes = [...plan.changes.filter(isWrite).map(({ path }) => path), ...forgotten];
  return commitsModel && !writes.includes(modelPath) ? [...writes, modelPath] : writes;
}

/** What the plan writes besides our own bookkeeping. */
export function visibleWrites({ changes }: Plan): Change[] {
  return changes.filter((change) => isWrite(change) && change.ownership !== 'lock');
}
