import type { ChangeOptions } from '../../cli/change-options.ts';
import type { Io } from '../../cli/io.ts';
import type { NextStep } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import { usageError } from '../../errors.ts';
import type { SecretOwner } from '../../model/declared-secrets.ts';
import { editModel, type ModelEdit } from '../../model/edit-model.ts';
import type { Model } from '../../model/model.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import { declarationPath, ownSecrets } from '../../wizard/secret-owner.ts';
import { compareUnits } from '../compare-units.ts';
import { appliedWith } from '../edits-of-applied.ts';
import { lastApplied } from '../last-applied.ts';
import { newKeys } from '../new-keys.ts';
import type { OpenRepository } from '../open-repository.ts';
import { plannedReader } from '../planned-reader.ts';
import { executableIn, type Proposal } from '../proposal.ts';
import { recipientEdits } from '../recipient-edits.ts';
import { modelPath } from '../target-folder.ts';
import { touchedUnits } from '../touched-units.ts';

/** What a verb does to one Secret: to what the model says of it, and to its files. */
export interface SecretChange extends Pick<Proposal, 'title' | 'done' | 'words' | 'notes'> {
  /** Undefined when the model does not know it: only files change then. */
  declared: { owner: SecretOwner; name: string } | undefined;
  /** Of the declaration. */
  edits: readonly ModelEdit[];
  /** Makes ciphertext, given who is to read it. Called once. */
  seal(planned: PlannedRepository): Promise<{ sealed: ReadonlyMap<RepoPath, string>; notes: readonly string[] }>;
  /** Encrypted files that go. */
  unsealed?: ReadonlySet<RepoPath>;
  nextSteps?: readonly NextStep[];
  isTyped?: true;
}

/** The repository as it will be but for ciphertext: what says who is to read that may be part of the same plan. */
export interface PlannedRepository {
  model: Model;
  /** A file's text; undefined when it is not there, or no text. */
  read(path: RepoPath): string | undefined;
}

/**
 * What a change of one Secret comes to: model, wiring and ciphertext in one plan. As for `add`, other edits of the model
 * that were not applied yet stay out of it, and out of its commit.
 *
 * @throws ExpectedError (exit 2) `pending-edits`, `owner-not-applied`
 */
export async function proposeSecret(
  io: Io,
  repository: OpenRepository,
  change: SecretChange,
  options: ChangeOptions,
): Promise<Proposal> {
  const { title, done, words, declared, unsealed, nextSteps = [], isTyped } = change;
  const { applied, wanted, text, model, keys, folder, own } = await editedModels(io, repository, change, options);
  const units = applied === undefined ? [] : touchedUnits(applied, wanted);
  const comparing = { units, text, sides: options.sides, applied };
  const bare =
    declared === undefined ? { changes: [], missingBases: [] } : await compareUnits(io, repository, comparing);
  const { sealed, notes } = await change.seal({ model: wanted, read: plannedReader(repository.tree, bare) });
  return {
    repository,
    title,
    done,
    model,
    keys,
    keysFolder: folder,
    commitsModel: false,
    ...(own && { own }),
    plan: await compareUnits(io, repository, { ...comparing, sealed, ...(unsealed && { unsealed }) }),
    executable: executableIn(units),
    notes: [...repository.notes, ...change.notes, ...notes],
    nextSteps,
    words,
    ...(isTyped && { isTyped }),
  };
}

/** Without edits the locks need not tell what was applied: only ciphertext changes. */
async function editedModels(
  io: Io,
  repository: OpenRepository,
  { declared, edits }: SecretChange,
  { keysDirectory }: ChangeOptions,
) {
  const source = { text: repository.text, file: modelPath };
  if (declared === undefined || edits.length === 0)
    return { ...unedited(repository), text: source.text, keys: [], folder: undefined, own: undefined };
  const applied = lastApplied(repository);
  const own = { ...declared, model: editModel(source, edits).model };
  const after = appliedWith(applied, [declarationEdit(applied, own)]);
  const { keys, folder } = await newKeys(io, repository, { before: applied, after }, keysDirectory);
  const recipients = recipientEdits(after, keys);
  const all = [...edits, ...recipients];
  const wanted = appliedWith(after, recipients);
  return { applied, wanted, ...editModel(source, all), keys, folder, own: { edits: () => all, follows: wanted } };
}

function unedited({ model }: OpenRepository) {
  return { applied: undefined, wanted: model, model };
}

/** The whole declaration as the file will have it, for the model as applied last, which may have less of it. */
function declarationEdit(
  applied: Model,
  { owner, name, model }: { owner: SecretOwner; name: string; model: Model },
): ModelEdit {
  const path = declarationPath(owner, name);
  const [map, unit] = path;
  if (!Object.hasOwn(applied[map], unit))
    throw usageError(`${owner.kind} ${owner.name} was not applied yet`, {
      code: 'owner-not-applied',
      hint: `${npx} apply, then run the same command again`,
    });
  const value = ownSecrets(model, owner)[name];
  const others = Object.keys(ownSecrets(applied, owner)).filter((other) => other !== name);
  return value === undefined && others.length === 0 ? { path: [map, unit, 'secrets'], value } : { path, value };
}
