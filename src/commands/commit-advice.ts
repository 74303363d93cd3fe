import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NextStep } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { withFlags } from './again.ts';
import { commitTitle } from './commit-message.ts';
import { thereWords } from './folder-words.ts';
import { type Proposal, pathsToCommit } from './proposal.ts';

/** So many files are named each; of more only the folders at the top, since nobody reads such a line. */
const mostNamed = 2;

/** The folder of what is only ours, named as a whole. */
const bookkeeping = '.flux-repo';

/** The commands that commit by hand what was written, and no other work of the person than in the same folders. */
function gitCommands(proposal: Proposal): string[] {
  const { repository } = proposal;
  const { shown } = repository;
  const there = thereWords(shown);
  const paths = pathsToCommit(proposal);
  const top = (path: string) => path.split('/')[0] ?? path;
  const seen = paths.filter((path) => top(path) !== bookkeeping);
  const named = new Set(
    seen.length <= mostNamed ? paths.map((path) => (seen.includes(path) ? path : top(path))) : paths.map(top),
  );
  return [
    shellCommand(['git', ...there, 'add', ...[...named].sort()]),
    shellCommand(['git', ...there, 'commit', '--message', commitTitle(proposal)]),
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
  return `${npx} ${shellCommand(withFlags(words, '--yes', '--commit'))}`;
}

/** Whether the folder is in a git repository, looked at without git. */
export function isInGit(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  return dirname(folder) !== folder && isInGit(dirname(folder));
}
