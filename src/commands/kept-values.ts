import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import type { ContestedValue } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { thereWords } from './folder-words.ts';
import { isShort, placeIn } from './refuse-conflicting.ts';

/**
 * What belongs to the person and was changed by them and by the model: theirs stays. That is said in the run that
 * brings the model's change, and in no other. One finding for each file, with the command that takes the model's.
 * @param folder the way to the repository from where the person is
 */
export function keptValueProblems(plan: Plan, folder: string): Problem[] {
  if (plan.changes.some(({ action }) => action === 'conflict')) return [];
  return plan.changes.flatMap((change) => {
    const yours = 'yours' in change ? (change.yours ?? []) : [];
    return yours.length === 0 ? [] : [keptValues(change.path, yours, folder)];
  });
}

/** The same for people; the command has a line of its own. */
export function keptValueNotes(plan: Plan, folder: string): string[] {
  return keptValueProblems(plan, folder).map(({ message, hint }) => `${message}. To take what it says:\n  ${hint}`);
}

function keptValues(path: RepoPath, yours: readonly ContestedValue[], folder: string): Problem {
  return {
    rule: 'plan/kept-value',
    severity: 'info',
    message: `${path}: ${yours.map(said).join('; ')}; kept`,
    file: path,
    hint: `${npx} ${shellCommand([...thereWords(folder), 'apply', '--theirs', path])}`,
  };
}

function said(value: ContestedValue): string {
  const { ours, theirs } = value;
  const place = placeIn(value) || 'all of it';
  if (!isShort(value)) return `${place} is yours; flux-repo.yaml says otherwise`;
  const mine = ours === undefined ? `${place} is not there` : `${place} is yours (${ours.trimEnd()})`;
  return `${mine}; flux-repo.yaml ${theirs === undefined ? 'no longer has it' : `says ${theirs.trimEnd()}`}`;
}
