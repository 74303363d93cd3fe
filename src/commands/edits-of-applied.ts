import { npx } from '../cli/program.ts';
import { usageError } from '../errors.ts';
import { type ModelEdit, withEdits } from '../model/edit-model.ts';
import { type Model, modelSchema } from '../model/model.ts';
import { validated } from '../model/read-model.ts';
import { modelProblems } from './judge-addition.ts';
import { modelPath } from './target-folder.ts';

/**
 * The model as last applied with edits; those inside a unit that was never applied are for the file alone.
 * @throws ExpectedError (exit 2) when they need edits of the file that were not applied yet
 */
export function appliedWith(applied: Model, edits: readonly ModelEdit[]): Model {
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
