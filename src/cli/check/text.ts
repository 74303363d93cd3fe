import type { CheckedProblem } from '../../check/run-rules.ts';
import type { Io } from '../io.ts';
import { type Marks, marksFor, type Paint, paintFor } from '../marks.ts';
import { printable } from '../printable.ts';
import { widthOfPipe, wrapped } from '../wrapped.ts';
import { byFile, type CheckReport, summaryOf } from './check-report.ts';
import { codeFrame } from './code-frame.ts';

interface Look {
  paint: Paint;
  marks: Marks;
  width: number;
}

/**
 * What was found, for people: below each file its findings, with the place and what to do. Notes are only counted: a
 * repository that is edited for years has many, and no cluster fails for them.
 *
 * @param verbose shows the notes too
 */
export function checkText(
  io: Pick<Io, 'stdout' | 'env' | 'platform'>,
  report: CheckReport,
  { verbose }: { verbose: boolean },
): string {
  const look = { paint: paintFor(io.stdout), marks: marksFor(io), width: io.stdout.columns ?? widthOfPipe };
  const { problems, notBuilt } = report;
  const shown = problems.filter(({ severity }) => verbose || severity !== 'info');
  const sections = [...byFile(shown)].map(([file, found]) => [
    look.paint('bold', printable(file)),
    ...found.flatMap((problem) => problemLines(problem, report, look)),
  ]);
  if (notBuilt.length > 0)
    sections.push([
      look.paint('bold', 'Not built, and so not proven'),
      ...notBuilt.map(({ what, file, line }) => `  ${look.marks.skipped} ${printable(`${file}:${line} ${what}`)}`),
    ]);
  if (report.clusters === 0)
    sections.push(['No Kustomization of Flux is here: files were looked at one by one, and nothing was built.']);
  const isFine = problems.every(({ severity }) => severity === 'info');
  const hasErrors = problems.some(({ severity }) => severity === 'error');
  const mark = isFine ? look.paint('green', look.marks.done) : severityMark(hasErrors ? 'error' : 'warning', look);
  const fixable = problems.filter((problem) => problem.fix !== undefined).length;
  if (fixable > 0) sections.push([`${fixable} of them can be put right by check --fix.`]);
  const more = shown.length < problems.length ? ' Notes are shown with --verbose.' : '';
  return `${[...sections.map((lines) => lines.join('\n')), `${mark} ${summaryOf(report)}${more}`].join('\n\n')}\n`;
}

function problemLines(problem: CheckedProblem, { textOf }: CheckReport, look: Look): string[] {
  const { rule, severity, message, line, column, hint, file } = problem;
  const place = line === undefined ? '' : `${line}:${column ?? 1} `;
  const [first = '', ...more] = wrapped(printable(`${place}${message}`), look.width - 4);
  const text = line === undefined ? undefined : textOf(file);
  const frame =
    text === undefined || line === undefined
      ? []
      : codeFrame(text, { line, column }, { ...look, width: look.width - 6 });
  const rest = [...more];
  const last = rest.pop();
  const name = look.paint('dim', rule);
  const told =
    last === undefined
      ? [`  ${severityMark(severity, look)} ${first}  ${name}`]
      : [`  ${severityMark(severity, look)} ${first}`, ...[...rest, `${last}  ${name}`].map((each) => `    ${each}`)];
  const [advice = '', ...moreAdvice] = wrapped(printable(hint), look.width - 9);
  return [
    ...told,
    ...frame.map((each) => `      ${each}`),
    `    ${look.paint('cyan', 'Try:')} ${advice}`,
    ...moreAdvice.map((each) => `         ${each}`),
  ];
}

function severityMark(severity: CheckedProblem['severity'], { paint, marks }: Look): string {
  if (severity === 'error') return paint('red', marks.failed);
  return severity === 'warning' ? paint('yellow', '!') : paint('blue', 'i');
}
