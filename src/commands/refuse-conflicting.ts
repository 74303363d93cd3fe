import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { ExpectedError } from '../errors.ts';
import type { ConflictChange, ContestedValue } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import { addressText } from '../yaml/yaml-path.ts';
import { unifiedHunks } from './unified-diff.ts';

/** Lines of a difference that are shown; the files are there to look at. */
const mostLines = 12;
/** Characters of a value that is shown on its line. */
const longestValue = 80;

/** Who the two sides are, in words of about the same length. */
export interface Parties {
  by: string;
  ours: string;
  theirs: string;
  keepOurs: string;
  takeTheirs: string;
}

const withModel: Parties = {
  by: 'by you and by the model',
  ours: 'yours',
  theirs: 'generated',
  keepOurs: 'keep yours',
  takeTheirs: 'take generated',
};

/** As git names them; in a rebase `ours` is what is rebased onto: git-rebase(1). */
export const betweenBranches: Parties = {
  by: 'on both branches',
  ours: 'ours',
  theirs: 'theirs',
  keepOurs: 'keep ours',
  takeTheirs: 'take theirs',
};

/**
 * What the person and the model both changed is for a person to decide.
 * @param words of the command, to be run again with a side
 * @returns the error (exit 3) with both values and the command of either choice; undefined without a conflict
 */
export function conflictError(
  plan: Plan,
  words: readonly string[],
  parties: Parties = withModel,
): ExpectedError | undefined {
  const conflicts = conflictsOf(plan);
  const paths = [...new Set(conflicts.map(({ path }) => path))];
  if (paths.length === 0) return undefined;
  const command = (side: string, path: string) => `${npx} ${shellCommand([...words, side, path])}`;
  return new ExpectedError({
    code: 'conflict',
    exitCode: 3,
    message: `${paths.length === 1 ? 'one file was' : `${paths.length} files were`} changed ${parties.by}; nothing was written`,
    why: paths.flatMap((path) => [
      ...conflicts.filter((conflict) => conflict.path === path).flatMap((conflict) => valueLines(conflict, parties)),
      `  ${`${parties.keepOurs}:`.padEnd(15)} ${command('--ours', path)}`,
      `  ${`${parties.takeTheirs}:`.padEnd(15)} ${command('--theirs', path)}`,
    ]),
    hint: hintFor(words, paths, parties),
  });
}

/** One command for all files, to be changed where the other side is wanted. */
function hintFor(words: readonly string[], paths: readonly string[], { takeTheirs }: Parties): string {
  const [only, ...others] = paths;
  if (only === undefined || others.length === 0) return 'choose one of the two commands above';
  const sides = paths.flatMap((path) => ['--ours', path]);
  return `${npx} ${shellCommand([...words, ...sides])}, with --theirs before each file where you ${takeTheirs}`;
}

/** The same for programs. */
export function conflictProblems(plan: Plan, parties: Parties = withModel): Problem[] {
  return conflictsOf(plan).map((conflict) => {
    const { path, ours, theirs } = conflict;
    const values = isShort(conflict) ? `: ${parties.ours} ${shown(ours)}, ${parties.theirs} ${shown(theirs)}` : '';
    const message = `${placeIn(conflict)} was changed ${parties.by}${values}`.trimStart();
    return {
      rule: 'plan/conflict',
      severity: 'error',
      message,
      file: path,
      hint: `--ours ${path} or --theirs ${path}`,
    };
  });
}

function conflictsOf({ changes }: Plan): ConflictChange[] {
  return changes.filter((change) => change.action === 'conflict');
}

function valueLines(conflict: ConflictChange, parties: Parties): string[] {
  const { ours, theirs } = conflict;
  const place = [conflict.path, placeIn(conflict)].filter((part) => part !== '').join(' ');
  const line = (party: string, value: string | undefined) => `  ${`${party}:`.padEnd(10)} ${shown(value)}`;
  if (isShort(conflict)) return [place, line(parties.ours, ours), line(parties.theirs, theirs)];
  const lines = unifiedHunks(ours ?? '', theirs ?? '');
  const some = lines.slice(0, mostLines).map((text) => `  ${text}`);
  return [`${place} (- ${parties.ours}, + ${parties.theirs})`, ...some, ...(lines.length > mostLines ? ['  …'] : [])];
}

/** Document and path in it; empty for the whole file. */
export function placeIn({ document, at }: ContestedValue): string {
  return [document, at.length === 0 ? undefined : addressText(at)].filter((part) => part !== undefined).join(' ');
}

function shown(value: string | undefined): string {
  return value === undefined ? '(not there)' : value.trimEnd();
}

/** Whether both values fit on one line, to be shown there. */
export function isShort({ ours, theirs }: ContestedValue): boolean {
  return [ours, theirs].every((value = '') => value.length <= longestValue && !value.trimEnd().includes('\n'));
}
