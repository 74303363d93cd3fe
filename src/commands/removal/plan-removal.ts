import type { Io } from '../../cli/io.ts';
import type { RemoveOptions } from '../../cli/remove-command.ts';
import { ExpectedError } from '../../errors.ts';
import { editModel, type ModelEdit } from '../../model/edit-model.ts';
import type { Model } from '../../model/model.ts';
import { keyScopeOf, strategyOf } from '../../model/settings.ts';
import type { Plan } from '../../plan/plan.ts';
import { compareUnits } from '../compare-units.ts';
import { appliedWith } from '../edits-of-applied.ts';
import type { OpenRepository } from '../open-repository.ts';
import { command } from '../secrets/rotation-words.ts';
import { modelPath } from '../target-folder.ts';
import { touchedUnits } from '../touched-units.ts';
import { leaving } from './leaving.ts';
import { removalEdits } from './removal-edits.ts';
import type { RemovalSubject } from './removal-subject.ts';

/** What one phase comes to; nothing is written. */
export interface PlannedRemoval {
  edits: readonly ModelEdit[];
  /** As the file will say it. */
  model: Model;
  /** The model as applied, with the edits. */
  wanted: Model;
  plan: Plan;
  /** Encrypted files that get new data keys. */
  rewrapped: number;
  /** About files that keep their readers. */
  notes: readonly string[];
}

/**
 * Plans a phase. A cluster with a key of its own leaves the readers of what its environment has encrypted, in the same
 * plan and with new data keys.
 *
 * @throws ExpectedError `no-identity` when no private key at hand opens those files; as `compareUnits`
 */
export async function planRemoval(
  io: Io,
  repository: OpenRepository,
  subject: RemovalSubject,
  { sides, keysDirectory }: RemoveOptions,
): Promise<PlannedRemoval> {
  const { noun, name, applied } = subject;
  const edits = removalEdits(subject, repository.model);
  const wanted = appliedWith(applied, removalEdits(subject, applied));
  const going = leaving(applied, wanted);
  const recipients = noun === 'cluster' ? (applied.clusters[name]?.recipients ?? []) : [];
  if (recipients.length > 0 && strategyOf(applied) === 'sops' && keyScopeOf(applied) === 'cluster') {
    const { planReaders } = await import('../secrets/propose-readers.ts');
    const wish = { edits, readers: { drop: recipients }, newDataKeys: true, leaving: going, sides, keysDirectory };
    const planned = await planReaders(io, repository, wish).catch((error) => {
      throw explained(error, name);
    });
    const notes = planned.byOwnRule.map(
      ({ file, line }) => `${file.path} keeps its readers: line ${line} of .sops.yaml, not ours, still names them.`,
    );
    return { edits, model: planned.model, wanted, plan: planned.plan, rewrapped: planned.changes.length, notes };
  }
  const { text, model } = editModel({ text: repository.text, file: modelPath }, edits);
  const comparing = { units: touchedUnits(applied, wanted), text, sides, applied, ...going };
  return { edits, model, wanted, plan: await compareUnits(io, repository, comparing), rewrapped: 0, notes: [] };
}

function explained(error: unknown, cluster: string): unknown {
  if (!(error instanceof ExpectedError) || error.code !== 'no-identity') return error;
  const { code, exitCode, message, why, hint, problems } = error;
  return new ExpectedError({
    code,
    exitCode,
    message: `cannot remove cluster ${cluster}: ${message}`,
    why: [`What its environment has encrypted gets new data keys, which ${cluster} must not have.`, ...why],
    ...(hint !== undefined && { hint }),
    problems,
  });
}

/**
 * Refuses `--ours` for what a phase takes out: it would stay applied, and go together with what it needs to be deleted.
 *
 * @throws ExpectedError (exit 3); as `planRemoval`
 */
export async function refuseKeeping(
  io: Io,
  repository: OpenRepository,
  subject: RemovalSubject,
  options: RemoveOptions,
): Promise<void> {
  const { noun, name, words } = subject;
  if (options.sides.ours.length === 0) return;
  const sides = { ...options.sides, ours: [] };
  const { plan } = await planRemoval(io, repository, subject, { ...options, sides });
  const kept = plan.changes.find(({ action, unit }) => action === 'conflict' && unit === `${noun}-${name}`);
  if (kept === undefined) return;
  throw new ExpectedError({
    code: 'edited-by-hand',
    exitCode: 3,
    message: `cannot remove ${noun} ${name} and keep ${kept.path} as you have it`,
    why: ['As long as it is there, Flux applies it.', 'Nothing was written.'],
    hint: command(...words, '--theirs', kept.path),
  });
}

/**
 * Refuses to leave a file by which Flux would go on with what is removed: it reads everything below `clusters/`.
 *
 * @throws ExpectedError (exit 3)
 */
export function refuseStandingFiles({ noun, name, words }: RemovalSubject, { changes }: Plan): void {
  if (noun === 'cluster') return;
  const standing = changes.filter(({ action, path }) => action === 'kept' && path.startsWith('clusters/'));
  const [first] = standing.filter(
    (change) => change.action === 'kept' && change.reason?.includes('no longer generated'),
  );
  if (first === undefined) return;
  throw new ExpectedError({
    code: 'edited-by-hand',
    exitCode: 3,
    message: `cannot remove ${noun} ${name}: ${first.path} was edited by hand`,
    why: ['As long as it is there, Flux applies it.', 'Nothing was written.'],
    hint: command(...words, '--theirs', first.path),
  });
}
