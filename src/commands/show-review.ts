import { type Io, screenOf } from '../cli/io.ts';
import { marksFor } from '../cli/marks.ts';
import { isWrite } from '../plan/plan.ts';
import { keyFileName } from '../secrets/key-name.ts';
import type { Answers } from '../wizard/answers.ts';
import type { Prompts } from '../wizard/prompts.ts';
import { answerLines } from '../wizard/review.ts';
import { treePreview } from '../wizard/tree-preview.ts';
import { folderWords } from './folder-words.ts';
import type { Prepared } from './prepare.ts';

/** Everything that is about to happen, before it does. */
export function showReview(io: Io, prompts: Prompts, answers: Answers, prepared: Prepared): void {
  const { plan, target, keys, keysFolder, git, model } = prepared;
  const paths = plan.changes.filter(isWrite).map(({ path }) => path);
  // clack's note takes six columns for its frame
  const width = Math.min(60, Math.max(20, (screenOf(io).columns ?? 80) - 8));
  const unicode = marksFor(io).line === '─';
  const gitLines =
    answers.git === false
      ? ['No git repository, no commit.']
      : [`A git repository on branch ${model.repository.branch}, one commit.`, ...git.notes];
  const keyLines =
    keysFolder === undefined
      ? []
      : [
          `${keys.length} private keys, outside of the repository:`,
          keysFolder,
          ...keys.map(({ key }) => `  ${keyFileName(key)}`),
        ];
  const sections = [
    answerLines(answers),
    [`${paths.length} files in ${folderWords(target.shown)}`, ...treePreview(paths, { unicode, width })],
    keyLines,
    gitLines,
  ].filter((lines) => lines.length > 0);
  prompts.note(sections.map((lines) => lines.join('\n')).join('\n\n'), 'Review');
}
