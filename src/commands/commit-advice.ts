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

/** What a commit is made of besides the plan, and what is to be said of it. */
export interface CommitSurroundings {
  /** Files that an earlier run wrote and no commit has: lists that this commit takes along may name them. */
  forgotten: RepoPath[];
  notes: string[];
}

/**
 * Looks at what is not committed: files of ours that an earlier run wrote and that was not committed or was killed
 * complete the commit; a person is told of those, of changes of their own in the same files, and of what is left out.
 */
export async function commitSurroundings(proposal: Proposal, call: GitCall): Promise<CommitSurroundings> {
  const { repository, commitsModel } = proposal;
  const uncommitted = await uncommittedPaths(call);
  const ours = new Set(pathsToCommit(proposal));
  const generated = new Set([...repository.locks.values()].flatMap(({ files }) => Object.keys(files)));
  const others = uncommitted.filter(
    ({ path }) => !ours.has(path) && (generated.has(path) || path.startsWith('.flux-repo/')),
  );
  const forgotten = others.filter(({ isNew }) => isNew).map(({ path }) => path);
  const mixed = uncommitted
    .map(({ path }) => path)
    .filter((path) => ours.has(path) && !(commitsModel && path === modelPath));
  const left = others.filter(({ isNew }) => !isNew).map(({ path }) => path);
  const note = (paths: readonly RepoPath[], what: string) => (paths.length === 0 ? [] : [`${what}: ${listed(paths)}.`]);
  return {
    forgotten,
    notes: [
      ...note(forgotten, 'Files of an earlier run that were never committed come with it'),
      ...note(mixed, 'What was not committed yet in the same files goes along'),
      ...note(left, 'Not in this commit, and not committed yet'),
    ],
  };
}

function listed(paths: readonly RepoPath[]): string {
  const more = paths.length - mostListed;
  return `${paths.slice(0, mostListed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function isInGit(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  return dirname(folder) !== folder && isInGit(dirname(folder));
}
