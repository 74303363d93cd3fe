import type { NextStep } from '../cli/outcome.ts';
import { shellCommand, shellQuote } from '../cli/shell-quote.ts';
import type { Change } from '../plan/change.ts';
import { isWrite } from '../plan/plan.ts';
import { isHere } from './folder-words.ts';
import { modelPath } from './target-folder.ts';

/** What a person does when files of a repository they have committed before were written again. */
export function stepsAfterRewrite(changes: readonly Change[], shown: string): NextStep[] {
  const written = changes.filter(isWrite).map(({ path }) => path);
  if (written.length === 0) return [];
  const tops = new Set([modelPath, ...written].map((path) => path.split('/')[0] ?? path));
  return [
    {
      text: 'Look at what has changed:',
      commands: [...(isHere(shown) ? [] : [`cd ${shellQuote(shown)}`]), 'git status --short', 'git diff'],
    },
    {
      text: 'Commit it:',
      commands: [
        shellCommand(['git', 'add', '--', ...[...tops].sort()]),
        "git commit --message 'Generate again from flux-repo.yaml'",
      ],
    },
    { text: 'Push it, so that Flux sees it:', commands: ['git push'] },
  ];
}
