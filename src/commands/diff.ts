import type { DiffOptions } from '../cli/change-commands.ts';
import type { Io } from '../cli/io.ts';
import { paintFor } from '../cli/marks.ts';
import type { Outcome } from '../cli/outcome.ts';
import { version } from '../cli/program.ts';
import { generateUnits } from '../generators/generate-units.ts';
import { isWrite } from '../plan/plan.ts';
import { keyFileName } from '../secrets/key-name.ts';
import { againWords } from './again.ts';
import { compareUnits } from './compare-units.ts';
import { keptValueNotes, keptValueProblems } from './kept-values.ts';
import { keysToMake } from './keys-to-make.ts';
import { appliedIfKnown } from './last-applied.ts';
import { openRepository } from './open-repository.ts';
import { noteProblems } from './outcome-of-run.ts';
import { conflictError, conflictProblems } from './refuse-conflicting.ts';
import { refuseRemovedUnits } from './refuse-removed-units.ts';
import { sealedNotes } from './sealed-notes.ts';
import { paintDiff, unifiedDiff } from './unified-diff.ts';

/**
 * Shows what `apply` would do, as a unified diff on stdout and nothing else there; writes nothing. Our bookkeeping in
 * `.flux-repo/` is no difference; `verbose` shows it.
 */
export async function diff(io: Io, options: DiffOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: true });
  const { model, text } = repository;
  refuseRemovedUnits(model, repository.locks);
  const units = generateUnits(model, { toolVersion: version });
  const plan = await compareUnits(io, repository, {
    units,
    text,
    sides: options.sides,
    applied: appliedIfKnown(repository),
  });
  const writes = plan.changes.filter(isWrite);
  const differs = writes.some(({ ownership }) => ownership !== 'lock');
  const shown = writes.filter(({ ownership }) => options.verbose || ownership !== 'lock').map(unifiedDiff);
  const keys = keysToMake(model, (path) => repository.tree.kindOf(path) !== undefined).map(keyFileName);
  const notes = [
    ...repository.notes,
    ...sealedNotes(model, plan, repository.shown),
    ...(keys.length === 0 ? [] : [`apply would also make keys and add their public halves: ${keys.join(', ')}.`]),
  ];
  const paint = paintFor(io.stdout);
  for (const note of options.json ? [] : [...notes, ...keptValueNotes(plan, repository.shown)])
    io.stderr.write(`Note: ${note}\n`);
  const failure = conflictError(plan, againWords(['apply'], { directory: options.directory, sides: options.sides }));
  return {
    changes: plan.changes,
    steps: [],
    nextSteps: [],
    problems: [...noteProblems(notes), ...keptValueProblems(plan, repository.shown), ...conflictProblems(plan)],
    result: { differs, diff: shown.map((lines) => lines.join('\n')).join('\n') },
    text: shown.map((lines) => `${paintDiff(lines, paint).join('\n')}\n`).join(''),
    ...(failure !== undefined && { failure }),
    ...(failure === undefined && options.exitCode && differs && { exitCode: 1 as const }),
  };
}
