import type { AddOptions } from '../cli/add-command.ts';
import type { Io } from '../cli/io.ts';
import { npx, version } from '../cli/program.ts';
import { ExpectedError, usageError } from '../errors.ts';
import { generateUnits } from '../generators/generate-units.ts';
import { editModel, type ModelEdit, withEdits } from '../model/edit-model.ts';
import { type Model, modelSchema } from '../model/model.ts';
import { validated } from '../model/read-model.ts';
import type { UnitEntries } from '../plan/entry.ts';
import { generateKeys, type NamedKey } from '../secrets/generate-keys.ts';
import { keyFileName } from '../secrets/key-name.ts';
import { keysFolder } from '../secrets/keys-folder.ts';
import { type Addable, firstOf, type SaidOfUnit } from '../wizard/addition.ts';
import { addWords } from './add-words.ts';
import { additionNotes, additionSteps } from './addition-advice.ts';
import { compareUnits } from './compare-units.ts';
import { modelProblems } from './judge-addition.ts';
import { keysToMake } from './keys-to-make.ts';
import { lastApplied } from './last-applied.ts';
import type { OpenRepository } from './open-repository.ts';
import { executableIn, type Proposal } from './proposal.ts';
import { recipientEdits } from './recipient-edits.ts';
import { modelPath } from './target-folder.ts';

/**
 * What adding a unit comes to. The files are planned from the model as last applied plus this change, so that no other
 * edit of the model comes along; the file gets only the new entry.
 * @throws ExpectedError (exit 2) when the change needs edits that were not applied yet
 */
export async function proposeAddition(
  io: Io,
  repository: OpenRepository,
  addable: Addable,
  said: SaidOfUnit,
  options: AddOptions,
): Promise<Proposal> {
  const applied = lastApplied(repository);
  const name = firstOf(said, 'name') ?? '';
  if (Object.hasOwn(applied[addable.map], name)) throw takenOut(addable, name);
  const edits = addable.edits(said, repository.model);
  const { keys, folder } = await newKeys(io, repository, applied, afterwards(applied, edits), options);
  const all = [...edits, ...recipientEdits(afterwards(applied, edits), keys)];
  const wanted = afterwards(applied, all);
  const { text, model } = editModel({ text: repository.text, file: modelPath }, all);
  const units = touchedUnits(applied, wanted);
  const title = `${addable.noun} ${name}`;
  const subject = { io, repository, addable, name, model: wanted, keys, keysFolder: folder };
  return {
    repository,
    title: `Add ${title}`,
    done: `Added ${title}`,
    model,
    keys,
    keysFolder: folder,
    commitsModel: false,
    plan: await compareUnits(io, repository, { units, text, sides: options.sides, applied }),
    executable: executableIn(units),
    notes: [...repository.notes, ...additionNotes(subject, edits)],
    nextSteps: additionSteps(subject),
    words: addWords(addable, said),
  };
}

/** Units that another model generates otherwise, or of which it says something else. */
export function touchedUnits(before: Model, after: Model): UnitEntries[] {
  const known = new Map(
    generateUnits(before, { toolVersion: version }).map((unit) => [
      unit.unit,
      JSON.stringify([unit.part, unit.entries]),
    ]),
  );
  return generateUnits(after, { toolVersion: version }).filter(
    ({ unit, part, entries }) => known.get(unit) !== JSON.stringify([part, entries]),
  );
}

/** Edits of what was applied; those inside a unit that was never applied are for the file alone. */
export function afterwards(applied: Model, edits: readonly ModelEdit[]): Model {
  const units = withEdits(
    applied,
    edits.filter(({ path }) => path.length <= 2),
  );
  const wanted = withEdits(
    units,
    edits.filter(({ path: [map, name = ''], path }) => path.length > 2 && hasUnit(units, map, name)),
  );
  const problems = modelProblems(wanted);
  if (problems.length === 0) return validated(modelSchema, wanted, 'the model');
  throw usageError(`this needs edits of ${modelPath} that were not applied yet`, {
    code: 'pending-edits',
    problems,
    hint: `${npx} apply, then run the same command again`,
  });
}

function hasUnit(model: Readonly<Record<string, unknown>>, map: string, name: string): boolean {
  const units = model[map];
  return typeof units === 'object' && units !== null && Object.hasOwn(units, name);
}

/** Keys that are needed now and were not before. */
async function newKeys(
  io: Io,
  { root }: OpenRepository,
  before: Model,
  after: Model,
  { keysDirectory }: AddOptions,
): Promise<{ keys: readonly NamedKey[]; folder: string | undefined }> {
  const lacking = new Set(keysToMake(before).map(keyFileName));
  const names = keysToMake(after).filter((key) => !lacking.has(keyFileName(key)));
  if (names.length === 0) return { keys: [], folder: undefined };
  const owner = { repository: after.repository.name, id: after.id, target: root };
  return { folder: await keysFolder({ ...io, flag: keysDirectory }, owner), keys: await generateKeys(names) };
}

function takenOut({ noun }: Addable, name: string): ExpectedError {
  return new ExpectedError({
    code: 'exists-already',
    exitCode: 2,
    message: `cannot add ${noun} ${name}: its files are here already`,
    why: [`${modelPath} no longer has it, but it was applied once.`],
    hint: `put it back into ${modelPath}, then run: ${npx} apply`,
  });
}
