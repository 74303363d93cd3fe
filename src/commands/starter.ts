import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from '../cli/io.ts';
import type { NextStep } from '../cli/outcome.ts';
import { version } from '../cli/program.ts';
import { shellQuote } from '../cli/shell-quote.ts';
import { usageError } from '../errors.ts';
import { starterEntries } from '../generators/team-starter.ts';
import { enclosingWorkTree } from '../git/enclosing-work-tree.ts';
import type { Model } from '../model/model.ts';
import { applyPlan } from '../plan/apply-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { planChanges } from '../plan/plan-changes.ts';
import type { Step } from '../step.ts';
import { diskTree } from '../tree/disk-tree.ts';
import { isSystemError } from '../tree/system-error.ts';

/** What is written for a team outside of this repository. */
export interface Starter {
  step: Step;
  next: NextStep;
}

/**
 * A team's own repository to begin with, in a folder that is not there yet or empty.
 *
 * @param directory as typed
 * @param model with the team in it
 * @throws ExpectedError (exit 2) `starter-folder`
 */
export async function starterOf(io: Io, directory: string, model: Model, team: string): Promise<Starter> {
  const root = resolve(io.cwd, directory);
  await refuseFolder(root, directory);
  const plan = planOf(root, model, team);
  const source = model.teams[team]?.source ?? '';
  const branch = model.teams[team]?.branch ?? 'main';
  return {
    step: {
      id: 'write-starter',
      title: `Write ${plan.changes.length} files into ${directory}`,
      isDone: async () => false,
      async run() {
        await applyPlan(root, plan);
        return undefined;
      },
    },
    next: {
      text: `${directory} is what team ${team} begins with; its README says what is next. To push it:`,
      commands: [
        `cd ${shellQuote(directory)}`,
        `git init --initial-branch=${shellQuote(branch)} && git add --all && git commit --message 'Begin'`,
        `git remote add origin ${source} && git push --set-upstream origin ${shellQuote(branch)}`,
      ],
    },
  };
}

/** It is the team's: nothing of our bookkeeping goes there. */
function planOf(root: string, model: Model, team: string): Plan {
  const units = [{ unit: `team-${team}` as const, part: {}, entries: starterEntries(model, team, version) }];
  const plan = planChanges({ units, tree: diskTree(root), locks: new Map(), toolVersion: version });
  return { ...plan, changes: plan.changes.filter(({ ownership }) => ownership !== 'lock') };
}

async function refuseFolder(root: string, directory: string): Promise<void> {
  const reason = isFree(root) ? undefined : 'there is something in it already';
  const why = (await enclosingWorkTree(root)) === undefined ? reason : 'it is inside a git repository';
  if (why === undefined) return;
  throw usageError(`cannot write a starter into ${directory}: ${why}`, {
    code: 'starter-folder',
    hint: 'name a folder that is not there yet, outside of this repository',
  });
}

function isFree(root: string): boolean {
  try {
    return readdirSync(root).length === 0;
  } catch (error) {
    return isSystemError(error) && error.code === 'ENOENT';
  }
}
