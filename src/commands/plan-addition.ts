import type { Io } from '../cli/io.ts';
import { ExpectedError } from '../errors.ts';
import { editModel, type ModelEdit } from '../model/edit-model.ts';
import type { Model } from '../model/model.ts';
import { keyScopeOf } from '../model/settings.ts';
import type { Plan } from '../plan/plan.ts';
import type { NamedKey } from '../secrets/generate-keys.ts';
import { compareSealing } from './compare-sealing.ts';
import { newCertificates } from './keys-to-make.ts';
import type { NewCredential } from './new-credential.ts';
import type { OpenRepository } from './open-repository.ts';
import type { Sides } from './sides.ts';
import { modelPath } from './target-folder.ts';
import { touchedUnits } from './touched-units.ts';

/** A change of the model that brings a unit, with the keys it makes necessary. */
export interface AdditionPlan {
  /** `cluster eu`. */
  title: string;
  edits: readonly ModelEdit[];
  applied: Model;
  /** The model as applied, with the edits. */
  wanted: Model;
  keys: readonly NamedKey[];
  credentials: readonly NewCredential[];
  sides: Sides;
  keysDirectory: string | undefined;
}

/** What it comes to; nothing is written. */
export interface PlannedAddition {
  /** As the file will say it. */
  model: Model;
  plan: Plan;
  /** How many encrypted files the new keys will open too. */
  rewrapped: number;
}

/**
 * Plans an addition. A cluster with a key of its own joins the readers of what its environment has encrypted already,
 * in the same plan: without that its Flux would fail at the first file.
 *
 * @throws ExpectedError `no-identity` when no private key at hand opens those files
 */
export async function planAddition(
  io: Io,
  repository: OpenRepository,
  { title, edits, applied, wanted, keys, credentials, sides, keysDirectory }: AdditionPlan,
): Promise<PlannedAddition> {
  const joining = keys.flatMap(({ key, recipient }) => (key.kind === 'cluster' ? [recipient] : []));
  if (joining.length > 0 && keyScopeOf(wanted) === 'cluster') {
    const { planReaders } = await import('./secrets/propose-readers.ts');
    const wish = { edits, readers: { add: joining }, newDataKeys: false, credentials, sides, keysDirectory };
    const planned = await planReaders(io, repository, wish).catch((error) => {
      throw explained(error, title);
    });
    return { model: planned.model, plan: planned.plan, rewrapped: planned.changes.length };
  }
  const { text, model } = editModel({ text: repository.text, file: modelPath }, edits);
  const comparing = { units: touchedUnits(applied, wanted), text, sides, applied, sealed: newCertificates(keys) };
  return { model, plan: await compareSealing(io, repository, comparing, { model: wanted, credentials }), rewrapped: 0 };
}

function explained(error: unknown, title: string): unknown {
  if (!(error instanceof ExpectedError) || error.code !== 'no-identity') return error;
  const { code, exitCode, message, why, hint, problems } = error;
  return new ExpectedError({
    code,
    exitCode,
    message: `cannot add ${title}: ${message}`,
    why: ['What its environment has encrypted must be encrypted for its key too.', ...why, 'Nothing was written.'],
    ...(hint !== undefined && { hint }),
    problems,
  });
}
