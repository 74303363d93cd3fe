import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NextStep } from '../cli/outcome.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { uncommittedPaths } from '../git/commit-preflight.ts';
import type { GitCall } from '../git/run-git.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { isHere } from './folder-words.ts';
import { type Proposal, pathsToCommit } from './proposal.ts';
import { modelPath } from './target-folder.ts';

const mostListed = 3;

/** The commands that commit by hand what was written, and no other work of the person than in the same folders. */
export function gitCommands(proposal: Proposal): string[] {
  const { repository, title } = proposal;
  const { shown } = repository;
  const there = isHere(shown) ? [] : ['-C', shown];
  const tops = new Set(pathsToCommit(proposal).map((path) => path.split('/')[0] ?? path));
  return [
    shellCommand(['git', ...there, 'add', ...[...tops].sort()]),
    shellCommand(['git', ...there, 'commit', '--message', title]),
  ];
}

/** What a person does with a change that was not committed. */
export function commitAdvice(proposal: Proposal): NextStep[] {
  if (!isInGit(proposal.repository.root)) return [];
  return [{ text: 'Look at the change, then commit it; --commit does that at once:', commands: gitCommands(proposal) }];
}

/**
 * What a person may not expect of the commit that is about to be made: changes of their own that stand in the same
 * files, and files of an earlier run that are not in it, without which the commit is not complete.
 */
export async function commitNotes(proposal: Proposal, call: GitCall): Promise<string[]> {
  const { repository, commitsModel } = proposal;
  const uncommitted = await uncommittedPaths(call);
  const ours = new Set(pathsToCommit(proposal));
  const generated = new Set([...repository.locks.values()].flatMap(({ files }) => Object.keys(files)));
  const isOurs = (path: RepoPath) => generated.has(path) || path.startsWith('.flux-repo/');
  const mixed = uncommitted.filter((path) => ours.has(path) && !(commitsModel && path === modelPath));
  const earlier = uncommitted.filter((path) => !ours.has(path) && isOurs(path));
  return [
    ...(mixed.length === 0 ? [] : [`What was not committed yet in the same files goes along: ${listed(mixed)}.`]),
    ...(earlier.length === 0 ? [] : [`Not in this commit, and not committed yet: ${listed(earlier)}.`]),
  ];
}

function listed(paths: readonly RepoPath[]): string {
  const more = paths.length - mostListed;
  return `${paths.slice(0, mostListed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function isInGit(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  return dirname(folder) !== folder && isInGit(dirname(folder));
}
