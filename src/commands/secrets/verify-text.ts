import type { Io } from '../../cli/io.ts';
import { type Marks, marksFor, type Paint, paintFor } from '../../cli/marks.ts';
import { printable } from '../../cli/printable.ts';
import { widthOfPipe, wrapped } from '../../cli/wrapped.ts';
import type { Problem } from '../../problem.ts';
import type { Verification, VerifiedCluster } from '../../secrets/verify-secrets.ts';

interface Look {
  paint: Paint;
  marks: Marks;
  width: number;
}

/** A fleet's clusters that are well are counted; those of a few are named. */
const mostNamed = 12;
const mostListed = 5;

/**
 * What `verify` found, for people: files, clusters, then each finding below its file.
 *
 * @param about what can be verified at all, where that is not what SOPS has encrypted
 */
export function verifyText(io: Io, { files, clusters, problems }: Verification, about: string | undefined): string {
  const look = { paint: paintFor(io.stdout), marks: marksFor(io), width: io.stdout.columns ?? widthOfPipe };
  const lead = about === undefined ? [] : [wrapped(about, look.width)];
  if (files.length + problems.length === 0) return `${lead[0]?.join('\n') ?? 'There are no encrypted files.'}\n`;
  const rest = problems.filter(({ rule }) => rule !== 'secrets/not-verified');
  const sections = [
    ...lead,
    ...(about !== undefined && files.length === 0
      ? []
      : [
          [look.paint('bold', 'Encrypted files'), ...fileLines(files, problems, look)],
          [look.paint('bold', 'Clusters'), ...clusterLines(clusters, look)],
        ]),
    ...byFile(rest).map((found) => problemLines(found, look)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function fileLines(files: Verification['files'], problems: readonly Problem[], { paint, marks }: Look): string[] {
  const count = (state: string) => files.filter((file) => file.state === state).length;
  const unopened = problems.filter(({ rule }) => rule === 'secrets/not-verified');
  const isBad = unopened.some(({ severity }) => severity === 'error');
  const rows: [number, string][] = [
    [
      count('verified'),
      `${paint('green', marks.done)} ${count('verified')} verified: every document, every value, the MAC`,
    ],
    [count('wrong'), `${paint('red', marks.failed)} ${count('wrong')} wrong`],
    [
      unopened.length,
      `${isBad ? paint('red', marks.failed) : paint('yellow', '!')} ${unopened.length} not verified: no private key here opens ${unopened.length === 1 ? 'it' : 'them'}`,
    ],
  ];
  const shown = rows.filter(([number]) => number > 0).map(([, line]) => `  ${line}`);
  const listed = unopened.slice(0, mostListed).map(({ file = '' }) => `      ${printable(file)}`);
  const more = unopened.length > mostListed ? [`      and ${unopened.length - mostListed} more`] : [];
  const [first] = unopened;
  const hint = first?.hint === undefined ? [] : [`    ${paint('cyan', 'Try:')} ${first.hint}`];
  return [...(shown.length === 0 ? ['  none'] : shown), ...listed, ...more, ...hint];
}

function clusterLines(clusters: readonly VerifiedCluster[], { paint, marks }: Look): string[] {
  const named = clusters.length <= mostNamed ? clusters : clusters.filter(({ ok }) => !ok);
  const pad = Math.max(0, ...named.map(({ name }) => name.length));
  const lines = named.map(({ name, ok, files, proof }) => {
    const how = proof === 'opened' ? 'opened with its own keys' : 'by its public keys';
    const own = files === 0 ? 'has no file to read' : `can read its ${files === 1 ? 'file' : `${files} files`}`;
    const what = ok ? `${own}, and none of others ${paint('dim', `(${how})`)}` : 'see below';
    return `  ${ok ? paint('green', marks.done) : paint('red', marks.failed)} ${name.padEnd(pad)}  ${what}`;
  });
  const others = clusters.length - named.length;
  const rest = `  ${paint('green', marks.done)} ${others} clusters can read their files, and none of others`;
  return others === 0 ? lines : [...lines, rest];
}

function byFile(problems: readonly Problem[]): Problem[][] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const file = problem.file ?? '';
    groups.set(file, [...(groups.get(file) ?? []), problem]);
  }
  return [...groups.values()];
}

/** One file's findings; what helps against several is said once. */
function problemLines(problems: readonly Problem[], { paint, marks, width }: Look): string[] {
  const file = problems[0]?.file;
  const lines = problems.flatMap(({ severity, message, line, column }) => {
    const mark = severity === 'error' ? paint('red', marks.failed) : paint('yellow', '!');
    const place = line === undefined ? '' : `${line}:${column ?? 1} `;
    const [first = '', ...more] = wrapped(printable(`${place}${message}`), width - 4);
    return [`  ${mark} ${first}`, ...more.map((text) => `    ${text}`)];
  });
  const hints = [...new Set(problems.flatMap(({ hint }) => hint ?? []))];
  return [
    paint('bold', file === undefined ? 'Private keys' : printable(file)),
    ...lines,
    ...hints.map((hint) => `    ${paint('cyan', 'Try:')} ${printable(hint)}`),
  ];
}
