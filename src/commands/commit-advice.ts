import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NextStep } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { isHere } from './folder-words.ts';
import { type Proposal, pathsToCommit } from './proposal.ts';

/** The commands that commit by hand what was written, and no other work of the person than in the same folders. */
function gitCommands(proposal: Proposal): string[] {
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

/** The command that commits what this one has written, after it could not. */
export function commitCommand(proposal: Proposal): string {
  const { own, words, onlyOnce } = proposal;
  if (own === undefined || onlyOnce) return gitCommands(proposal).join(' && ');
  return `${npx} ${shellCommand([...words, '--yes', '--commit'])}`;
}

/** Whether the folder is in a git repository, looked at without git. */
export function isInGit(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  return dirname(folder) !== folder && isInGit(dirname(folder));
}
