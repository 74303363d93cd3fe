import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import type { GitCall } from '../../git/run-git.ts';
import { branchChange } from '../../git/topic-branch.ts';
import type { Proposal } from '../proposal.ts';
import { checkLines } from './check-lines.ts';

/** More than that nobody reads in a list; the provider shows the files. */
const mostFiles = 40;

const words: Readonly<Record<string, string>> = { A: 'added', M: 'changed', D: 'deleted' };

/**
 * Title and body of the pull request, of all that the branch has by now: what changes, why, what
 * `check` says of it, and what comes after it.
 */
export async function pullText(
  { words: command, nextSteps, notes }: Pick<Proposal, 'words' | 'nextSteps' | 'notes'>,
  base: string,
  call: GitCall,
): Promise<{ title: string; body: string }> {
  const { subjects, files, since } = await branchChange(base, call);
  const [title = 'Change the repository'] = subjects;
  const visible = files.filter((file) => !file.slice(2).startsWith('.flux-repo/'));
  const rows = visible.slice(0, mostFiles).map((file) => `- \`${file.slice(2)}\` ${words[file[0] ?? ''] ?? 'changed'}`);
  const more = visible.length > mostFiles ? [`- and ${visible.length - mostFiles} more`] : [];
  const sections = [
    ['## Why', ...subjects.map((subject) => `- ${subject}`), '', `Made by \`${npx} ${shellCommand(command)}\`.`],
    ['## What changes', ...rows, ...more],
    ['## Check', ...(await checkLines(since, call))],
    notes.length === 0 ? [] : ['## To know', ...notes.map((note) => `- ${note}`)],
    nextSteps.length === 0 ? [] : ['## After it is merged', ...nextSteps.flatMap(stepLines)],
  ];
  const body = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return { title, body: `${body.join('\n\n')}\n` };
}

function stepLines({ text, commands }: Proposal['nextSteps'][number]): string[] {
  return [`- ${text}`, ...(commands.length === 0 ? [] : ['  ```sh', ...commands.map((each) => `  ${each}`), '  ```'])];
}
