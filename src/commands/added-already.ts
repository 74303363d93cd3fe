import { isDeepStrictEqual } from 'node:util';
import type { AddOptions } from '../cli/add-command.ts';
import type { Io } from '../cli/io.ts';
import { npx, version } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { type ExpectedError, usageError } from '../errors.ts';
import { generateUnits } from '../generators/generate-units.ts';
import { uncommittedPaths } from '../git/commit-preflight.ts';
import { type ModelEdit, withEdits } from '../model/edit-model.ts';
import type { Model } from '../model/model.ts';
import type { UnitMap } from '../model/units.ts';
import { unitLockPath } from '../plan/lock-file.ts';
import { type Addable, firstOf, type SaidOfUnit } from '../wizard/addition.ts';
import { withUsual } from '../wizard/ask-addition.ts';
import { isPlainMap } from '../yaml/value-kinds.ts';
import { addWords } from './add-words.ts';
import { againWords, withFlags } from './again.ts';
import { isInGit } from './commit-advice.ts';
import { compareUnits } from './compare-units.ts';
import { appliedIfKnown } from './last-applied.ts';
import type { OpenRepository } from './open-repository.ts';
import { executableIn, type Proposal } from './proposal.ts';
import { modelPath } from './target-folder.ts';

/** A unit that was added before, just as it is asked for now. */
export interface AddedAlready {
  addable: Addable;
  name: string;
  /** Complete. */
  said: SaidOfUnit;
  /** The model as applied last, with the unit in it. */
  applied: Model;
}

/** Undefined where the unit is not there, was never applied, or says something else than what is asked for. */
export function addedAlready(
  addable: Addable,
  given: SaidOfUnit,
  repository: OpenRepository,
): AddedAlready | undefined {
  const { map } = addable;
  const name = firstOf(given, 'name') ?? '';
  const { model } = repository;
  if (!Object.hasOwn(model[map], name)) return undefined;
  const applied = appliedIfKnown(repository);
  const { said, missing } = withUsual(addable, given, model);
  if (applied === undefined || !Object.hasOwn(applied[map], name) || missing.length > 0) return undefined;
  const before = { ...model, [map]: { ...model[map], [name]: undefined } };
  const asked = withEdits(before, addable.edits(said, model));
  const isSame = isDeepStrictEqual(entryIn(asked, map, name), entryIn(model, map, name));
  return isSame ? { addable, name, said, applied } : undefined;
}

/** Public halves of what was made, and not asked for. */
const madeFields = ['recipients', 'deployKey', 'webhookPath'];

/** What was asked for. */
function entryIn(model: Readonly<Record<string, unknown>>, map: string, name: string): unknown {
  const entry = Object.entries(fieldsIn(model, map, name)).filter(([key]) => !madeFields.includes(key));
  return Object.fromEntries(entry);
}

/** They were put into the entry after it was made. */
function madeWith(applied: Model, map: UnitMap, name: string): ModelEdit[] {
  const entry = fieldsIn(applied, map, name);
  return madeFields
    .filter((field) => entry[field] !== undefined)
    .map((field) => ({ path: [map, name, field], value: entry[field] }));
}

function fieldsIn(model: Readonly<Record<string, unknown>>, map: string, name: string): Record<string, unknown> {
  const entry: unknown = new Map<string, unknown>(Object.entries(model[map] ?? {})).get(name);
  return isPlainMap(entry) ? entry : {};
}

/** What remains of adding it: the commit. */
export async function proposeCommit(
  io: Io,
  repository: OpenRepository,
  { addable, name, said, applied }: AddedAlready,
): Promise<Proposal> {
  const { noun, map } = addable;
  const units = generateUnits(applied, { toolVersion: version }).filter(({ unit }) => unit === `${noun}-${name}`);
  const made = madeWith(applied, map, name);
  return {
    repository,
    title: `Add ${noun} ${name}`,
    done: `Committed ${noun} ${name}`,
    model: repository.model,
    keys: [],
    keysFolder: undefined,
    commitsModel: false,
    own: {
      edits: (model) => [...addable.edits(said, model), ...made],
      follows: applied,
      adds: `${noun}-${name}`,
    },
    plan: await compareUnits(io, repository, {
      units,
      text: repository.text,
      sides: { ours: [], theirs: [] },
      applied,
    }),
    executable: executableIn(units),
    notes: repository.notes,
    nextSteps: [],
    words: addWords(addable, said),
  };
}

/** Whether a run of ours left something that no commit has. */
export async function isUncommitted({ env, signal }: Io, { root }: OpenRepository): Promise<boolean> {
  if (!isInGit(root)) return false;
  const uncommitted = await uncommittedPaths({ cwd: root, env, signal });
  return uncommitted.some(({ path }) => path.startsWith('.flux-repo/'));
}

/** Whether the unit itself is what no commit has: other work that is not committed is none of this command's. */
export async function isUnknownToGit(
  { env, signal }: Io,
  { root }: OpenRepository,
  { addable: { noun }, name }: AddedAlready,
): Promise<boolean> {
  if (!isInGit(root)) return true;
  const uncommitted = await uncommittedPaths({ cwd: root, env, signal });
  return uncommitted.some(({ path, isNew }) => isNew && path === unitLockPath(`${noun}-${name}`));
}

export function refuseUncommitted({ addable, name, said }: AddedAlready, options: AddOptions): ExpectedError {
  const words = againWords(addWords(addable, said), options);
  return usageError(`cannot add ${addable.noun} ${name}: it is there already, as you ask for it`, {
    code: 'exists-already',
    why: [`${modelPath} has it and its files are written, but not everything is committed.`],
    hint: `${npx} ${shellCommand(withFlags(words, '--yes', '--commit'))}`,
  });
}
