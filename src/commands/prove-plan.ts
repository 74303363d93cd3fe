import { existsSync } from 'node:fs';
import { newFindings } from '../check/new-findings.ts';
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
import { isWrite, type Plan, plannedContents } from '../plan/plan.ts';
import { overlayTree } from '../tree/overlay-tree.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { checkingTool } from './check/checking-tool.ts';
import { isContained } from './plan-reach.ts';

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
 * Refuses a plan after which `check` finds an error that is not there now. Of a plan that only brings something, or takes a
 * cluster away that nothing names, what it reaches is looked at first; the whole repository, with the plan and without, when that has errors.
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
  const isNew = isContained({ tree, present, writes });
  const reached = isNew ? runRules(await readAffected(tree, planned, paths, model), rules) : undefined;
  if (reached !== undefined && errorsIn(reached).length === 0) return [];
  const after = errorsIn(runRules(await readRepository(planned, plannedPaths(present, plan), tool), rules));
  if (after.length === 0) return [];
  const before = errorsIn(runRules(await readRepository(tree, present, tool), rules));
  const introduced = newFindings(before, after);
  if (introduced.length > 0) throw refusal(introduced, hintFor(introduced, plan, words));
  const many = counted(after.length, 'error');
  return [`The repository had ${many} before, which ${after.length === 1 ? 'stays' : 'stay'}: ${npx} check`];
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
