import type { Marks, Paint } from '../../cli/marks.ts';
import { printable } from '../../cli/printable.ts';
import type { ScanFinding, ScanReport } from '../../secrets/scan/scan-files.ts';

interface Look {
  paint: Paint;
  marks: Marks;
  /** Says why a rule is there, and names what was left out. */
  verbose: boolean;
}

/** What a scan found, for people: file by file, then what was not looked at. */
export function scanText(report: ScanReport, look: Look): string {
  const { findings, ignored, scanned, skipped } = report;
  const blocks = [...byFile(findings)].map((group) => group.flatMap((finding) => findingLines(finding, look)));
  const notes = [
    ...(ignored.length === 0 ? [] : [`${countOf(ignored.length, 'finding')} ignored by a comment with a reason`]),
    ...(skipped.large.length === 0 ? [] : [`${countOf(skipped.large.length, 'file')} above 5 MiB not looked at`]),
    ...(skipped.binary.length === 0 ? [] : [`${countOf(skipped.binary.length, 'binary file')} not looked at`]),
  ];
  const left = [
    ...ignored.map(({ rule, file, line, reason }) => `ignored ${file}:${line} ${rule}: ${reason}`),
    ...skipped.large.map((file) => `above 5 MiB ${file}`),
    ...skipped.binary.map((file) => `binary ${file}`),
  ];
  const hasErrors = findings.some(({ problem }) => problem.severity === 'error');
  const summary = hasErrors
    ? `${countOf(scanned, 'file')} scanned`
    : `${look.paint('green', look.marks.done)} ${countOf(scanned, 'file')} scanned, no secret in the open`;
  return [
    ...blocks.map((lines) => `${lines.join('\n')}\n\n`),
    `${[summary, ...notes].join('; ')}\n`,
    ...(look.verbose ? left.map((line) => `  ${look.paint('dim', printable(line))}\n`) : []),
  ].join('');
}

function findingLines({ problem, fix, shown, why }: ScanFinding, { paint, marks, verbose }: Look): string[] {
  const { rule, severity, message, file = '', line = 1, column = 1 } = problem;
  const colour = severity === 'error' ? 'red' : 'yellow';
  const sign = severity === 'error' ? marks.failed : '!';
  const [bar, gutter] = [marks.line === '-' ? '|' : '│', `${line}`.padStart(5)];
  return [
    `${paint(colour, sign)} ${paint('bold', `${printable(file)}:${line}:${column}`)} ${paint('dim', rule)}`,
    `  ${printable(message)}`,
    ...(shown === undefined ? [] : [paint('dim', `${gutter} ${bar} ${printable(shown)}`)]),
    ...(verbose ? [`  ${paint('dim', why)}`] : []),
    ...fix.map((step, index) => `  ${index === 0 ? paint('cyan', 'Fix:') : '    '} ${printable(step)}`),
  ];
}

function* byFile(findings: readonly ScanFinding[]): Generator<ScanFinding[]> {
  const groups = new Map<string, ScanFinding[]>();
  for (const finding of findings) {
    const file = finding.problem.file ?? '';
    groups.set(file, [...(groups.get(file) ?? []), finding]);
  }
  yield* groups.values();
}

/** `1 file`, `1,204 files`. */
export function countOf(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
