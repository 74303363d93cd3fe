import { newFindings } from '../../check/new-findings.ts';
import type { CheckedProblem } from '../../check/run-rules.ts';
import { summaryOf } from '../../cli/check/check-report.ts';
import { npx } from '../../cli/program.ts';
import type { GitCall } from '../../git/run-git.ts';
import { reportOfCommit } from '../check/report-of-commit.ts';

/** More than that nobody reads in a pull request; `check` shows them all. */
const mostFindings = 20;

/**
 * What `check` says of a branch, as lines of Markdown: of all that it has, and what it brings or mends.
 *
 * @param since the commit that the branch comes from; undefined where it is not known
 */
export async function checkLines(since: string | undefined, call: GitCall): Promise<string[]> {
  const after = await reportOfCommit('HEAD', call);
  const before = since === undefined ? undefined : await reportOfCommit(since, call);
  const told = (problems: readonly CheckedProblem[]) => problems.filter(({ severity }) => severity !== 'info');
  const brought = before === undefined ? [] : newFindings(told(before.problems), told(after.problems));
  const mended = before === undefined ? [] : newFindings(told(after.problems), told(before.problems));
  return [
    `\`${npx} check\` of this branch: ${summaryOf(after)}`,
    ...section('It brings:', brought),
    ...section('It mends:', mended),
  ];
}

function section(title: string, problems: readonly CheckedProblem[]): string[] {
  if (problems.length === 0) return [];
  const more = problems.length - mostFindings;
  return ['', title, '', ...problems.slice(0, mostFindings).map(line), ...(more > 0 ? [`- and ${more} more`] : [])];
}

function line({ severity, rule, file, line: row, message }: CheckedProblem): string {
  const place = row === undefined ? file : `${file}:${row}`;
  return `- ${severity} \`${rule}\` in \`${place}\`: ${message.replace(/[\\`*_<>|[\]]/g, '\\$&')}`;
}
