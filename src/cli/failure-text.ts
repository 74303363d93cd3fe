import { Cancelled, ExpectedError } from '../errors.ts';
import type { Problem } from '../problem.ts';
import type { Marks, Paint } from './marks.ts';
import { printable } from './printable.ts';
import { issueTracker } from './program.ts';
import { wrapped } from './wrapped.ts';

interface Look {
  paint: Paint;
  marks: Marks;
  verbose: boolean;
  /** Columns, where the output is a terminal. */
  width?: number | undefined;
}

/** What failed, why, and what to do now; for stderr. */
export function failureText(failure: unknown, standing: string | undefined, look: Look): string {
  if (failure instanceof Cancelled) return `Cancelled. ${standing ?? ''}`.trimEnd();
  const explained = failure instanceof ExpectedError ? explainedLines(failure, look) : bugLines(failure, look);
  const stack = look.verbose && failure instanceof Error ? (failure.stack ?? '').split('\n').slice(1) : [];
  const standingLines = standing === undefined ? [] : [`  ${standing}`];
  return [...explained, ...standingLines, ...stack.map((line) => look.paint('dim', printable(line)))].join('\n');
}

/** The hint is a command more often than not, which must stay in one piece to be copied. */
function explainedLines({ message, why, problems, hint }: ExpectedError, { paint, marks, width }: Look): string[] {
  const reasons = [...why.flatMap((line) => line.split('\n')), ...problems.map(problemLine)];
  return [
    `${paint('red', marks.failed)} ${folded(message, width).join('\n  ')}`,
    ...reasons.map((line) => `  ${folded(line, width).join('\n    ')}`),
    ...(hint === undefined ? [] : [`  ${paint('cyan', 'Try:')} ${printable(hint)}`]),
  ];
}

/** With room for the indent of what comes after the first line. */
function folded(line: string, width: number | undefined): string[] {
  return width === undefined ? [printable(line)] : wrapped(printable(line), width - 4);
}

/** The finding with its place, where it has one. */
export function problemLine({ message, file, line, column }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return place === '' ? message : `${place} ${message}`;
}

function bugLines(failure: unknown, { paint, marks, verbose }: Look): string[] {
  const said = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
  const where = issueTracker ?? "the project's issue tracker";
  return [
    `${paint('red', marks.failed)} create-flux-repo has a bug`,
    ...said.split('\n').map((line) => `  ${printable(line)}`),
    `  ${paint('cyan', 'Try:')} report it at ${where}${verbose ? '' : ', with what --verbose shows'}`,
  ];
}
