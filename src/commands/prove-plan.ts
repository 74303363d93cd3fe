import { existsSync } from 'node:fs';
import { readAffected, readRepository } from '../check/read-repository.ts';
import { rules } from '../check/rules.ts';
import { type CheckedProblem, runRules } from '../check/run-rules.ts';
import { counted } from '../cli/check/check-report.ts';
import type { Io } from '../cli/io.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { ExpectedError } from '../errors.ts';
import { listFiles } from '../git/list-files.ts';
import type { Model } from '../model/model.ts';
import { kindOfUnit } from '../model/units.ts';
import type { Change } from '../plan/change.ts';
import { isWrite, type Plan, plannedContents } from '../plan/plan.ts';
import { overlayTree } from '../tree/overlay-tree.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { checkingTool } from './check/checking-tool.ts';

/** What is about to be written, where, and the model as it will be. */
export interface PlanToProve {
  /** Absolute. */
  root: string;
  tree: Tree;
  plan: Plan;
  model: Model;
  /** The command again: words after the program's name. Where a file that stays by itself is at fault, they let it go. */
  words?: readonly string[];
}

/**
 * Refuses a plan after which `check` finds an error that is not there now. Of a plan that only brings something, what it
 * reaches is looked at first; the whole repository, with the plan and without, when that has errors.
 *
 * @returns a sentence about errors that are there already, if there are any
 * @throws ExpectedError (exit 1) `plan-introduces-errors`
 */
export async function provePlan(io: Io, { root, tree, plan, model, words }: PlanToProve): Promise<string[]> {
  const writes = plan.changes.filter((change) => isWrite(change) && change.ownership !== 'lock');
  if (writes.length === 0) return [];
  const planned = overlayTree(tree, plannedContents(plan));
  const paths = writes.map(({ path }) => path);
  // a new repository has no folder yet
  const present = existsSync(root) ? await listFiles(root, { env: io.env, signal: io.signal }) : [];
  const isNew = onlyBrings(writes) && !isNamedElsewhere(tree, present, writes);
  const reached = isNew ? runRules(await readAffected(tree, planned, paths, model), rules) : undefined;
  if (reached !== undefined && errorsIn(reached).length === 0) return [];
  const after = errorsIn(runRules(await readRepository(planned, plannedPaths(present, plan), tool), rules));
  if (after.length === 0) return [];
  const before = errorsIn(runRules(await readRepository(tree, present, tool), rules));
  const introduced = newOnes(before, after);
  if (introduced.length > 0) throw refusal(introduced, hintFor(introduced, plan, words));
  const many = counted(after.length, 'error');
  return [`The repository had ${many} before, which ${after.length === 1 ? 'stays' : 'stay'}: ${npx} check`];
}

/** Whether nothing goes that something elsewhere may name: then what a plan does not reach finds all that it found. */
function onlyBrings(writes: readonly Change[]): boolean {
  return writes.every((change) => {
    const isNamed =
      /\.(?:ya?ml|json)$/.test(change.path) && change.ownership !== 'sealed' && change.ownership !== 'model';
    if (change.action === 'update') return !isNamed || isInsertion(change.before, change.after);
    return change.action !== 'delete' || change.ownership === 'block';
  });
}

/** Whether a file that the plan leaves alone names a unit that it brings: somebody may have made the same by hand. */
function isNamedElsewhere(tree: Tree, present: readonly RepoPath[], writes: readonly Change[]): boolean {
  const created = writes.flatMap(({ action, unit }) => (action === 'create' && unit !== 'repository' ? [unit] : []));
  const names = [...new Set(created.map((unit) => kindOfUnit(unit).name))];
  const written = new Set(writes.map(({ path }) => path));
  return present.some((path) => {
    if (!/\.ya?ml$/.test(path) || path.startsWith('.flux-repo/') || written.has(path)) return false;
    const text = tree.read(path);
    return typeof text === 'string' && names.some((name) => text.includes(`name: ${name}\n`));
  });
}

/** Whether every line is still there, in order, but for lists that were empty. */
function isInsertion(before: string, after: string): boolean {
  const left = before.split('\n').filter((line) => !/:\s*(?:\[\]|\{\})\s*$/.test(line));
  let next = 0;
  for (const line of after.split('\n')) if (line === left[next]) next += 1;
  return next === left.length;
}

/** A plan is refused for what it would write, which git does not know yet. */
const tool = checkingTool(() => 'untracked');

/** What is left for the person to do, and said so, is no reason to refuse. */
function errorsIn(problems: readonly CheckedProblem[]): CheckedProblem[] {
  return problems.filter(({ severity, isNextStep }) => severity === 'error' && !isNextStep);
}

function plannedPaths(present: readonly RepoPath[], plan: Plan): RepoPath[] {
  const paths = new Set(present);
  for (const [path, contents] of plannedContents(plan))
    if (contents === undefined) paths.delete(path);
    else paths.add(path);
  return [...paths];
}

/** Each error that is there now excuses one that is the same, and all that come of the same cause. */
function newOnes(before: readonly CheckedProblem[], after: readonly CheckedProblem[]): CheckedProblem[] {
  const known = new Map<string, number>();
  for (const { fingerprint } of before) known.set(fingerprint, (known.get(fingerprint) ?? 0) + 1);
  const causes = new Set(before.map(({ cause }) => cause));
  return after.filter(({ fingerprint, cause }) => {
    if (cause !== undefined && causes.has(cause)) return false;
    const left = known.get(fingerprint) ?? 0;
    known.set(fingerprint, left - 1);
    return left <= 0;
  });
}

function hintFor([first]: readonly CheckedProblem[], { changes }: Plan, words: readonly string[] | undefined): string {
  const stays = changes.find(({ path }) => path === first?.file);
  if (words !== undefined && stays !== undefined && 'reason' in stays && stays.reason?.endsWith('no longer generated'))
    return `it stays because you edited it; to let it go too: ${npx} ${shellCommand([...words, '--theirs', stays.path])}`;
  return `${first?.hint ?? ''} What it means: ${npx} check --explain ${first?.rule ?? ''}`.trim();
}

function refusal(introduced: readonly CheckedProblem[], hint: string): ExpectedError {
  return new ExpectedError({
    code: 'plan-introduces-errors',
    exitCode: 1,
    message: `this would introduce ${counted(introduced.length, 'error')}`,
    problems: introduced.map(({ fingerprint, cause, isNextStep, fix, ...problem }) => problem),
    hint,
  });
}
