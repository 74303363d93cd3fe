import type { Problem } from '../../problem.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import type { Contents } from '../../tree/tree.ts';
import { type IgnoreComment, ignoreCommentFaults, ignoreComments } from './ignore-comments.ts';
import { lookIntoSealed, looksEncrypted } from './look-into-sealed.ts';
import { readConfigs } from './read-configs.ts';
import type { CommandWriter, Finding, ScanContext, ScanRule } from './scan-rule.ts';
import { scanRules } from './scan-rules.ts';
import { isManifest, type ScannedFile, scannedFile } from './scanned-file.ts';

/** A file of the repository: on disk, in the index, planned. */
export interface FileToScan {
  path: RepoPath;
  /** Its contents; undefined when it is too large to be looked at (`largestScanned`), or went away. */
  read(): Contents | undefined;
}

/** Bytes. Flux decrypts nothing larger, and what people write by hand is far below. */
export const largestScanned = 5 * 1024 * 1024;

export interface ScanFinding {
  problem: Problem;
  /** Its hint, a step each. */
  fix: readonly string[];
  /** The line as it may be shown, its value replaced. */
  shown: string | undefined;
  why: string;
}

/** What a scan found, and what it did not look at. */
export interface ScanReport {
  /** By path, then by line. */
  findings: ScanFinding[];
  /** Findings that a comment in the file says are none. */
  ignored: { rule: string; file: RepoPath; line: number; reason: string }[];
  /** Number of files looked at. */
  scanned: number;
  /** Files that were not: too large, or no text in UTF-8. */
  skipped: { large: RepoPath[]; binary: RepoPath[] };
}

const ignoreCommentWhy = 'A comment that ignores nothing looks as if it did.';

/**
 * Looks for secrets in the open and for encrypted files that are not what they seem. Needs no private key.
 *
 * @param files all files of the repository: rules look at `.sops.yaml` and at files that others refer to
 * @param options.only which of them are scanned; all by default
 * @param options.otherRules what comments may also ignore, since others look for it
 */
export async function scanFiles(
  files: Iterable<FileToScan>,
  options: { write: CommandWriter; only?: (path: RepoPath) => boolean; otherRules?: readonly string[] },
): Promise<ScanReport> {
  const byPath = new Map([...files].map((file) => [file.path, file]));
  const read = (path: RepoPath) => {
    const contents = byPath.get(path)?.read();
    return typeof contents === 'string' ? contents : undefined;
  };
  const { configFor, faults } = await readConfigs(byPath.keys(), read);
  const scan: ScanContext = { configFor, read, write: options.write };
  const known = [...scanRules.map(({ id }) => id), ...(options.otherRules ?? [])];
  const report: ScanReport = { findings: faults, ignored: [], scanned: 0, skipped: { large: [], binary: [] } };
  for (const { path, read: contentsOf } of byPath.values()) {
    if (options.only !== undefined && !options.only(path)) continue;
    const contents = contentsOf();
    if (contents === undefined) report.skipped.large.push(path);
    else if (typeof contents !== 'string' || contents.includes('\0')) report.skipped.binary.push(path);
    else {
      report.scanned++;
      await scanFile(path, contents, scan, report, known);
    }
  }
  report.findings.sort((one, other) => order(one.problem, other.problem));
  return report;
}

async function scanFile(
  path: RepoPath,
  text: string,
  scan: ScanContext,
  report: ScanReport,
  known: readonly string[],
): Promise<void> {
  const isSealed = isManifest(path) && !path.endsWith('.json') && looksEncrypted(text);
  const file = scannedFile(path, text, isSealed ? await lookIntoSealed({ text, file: path }) : undefined);
  const comments = ignoreComments(file);
  const starts = comments.length === 0 ? undefined : lineStarts(text);
  for (const rule of scanRules)
    for (const finding of rule.find(file, scan)) {
      const comment = starts && comments.find((each) => isFor(each, rule, finding, starts));
      if (comment === undefined) report.findings.push(asFinding(rule, path, finding));
      else report.ignored.push({ rule: rule.id, file: path, line: finding.place.line, reason: comment.reason });
    }
  for (const fault of ignoreCommentFaults(file, comments, known))
    report.findings.push(
      asFinding({ id: 'secrets/ignore-comment', severity: 'error', why: ignoreCommentWhy }, path, fault),
    );
}

function isFor(comment: IgnoreComment, rule: ScanRule, { place }: Finding, starts: readonly number[]): boolean {
  const offset = (starts[place.line - 1] ?? 0) + place.column - 1;
  const isInside = comment.start <= offset && offset <= comment.end;
  return comment.rule === rule.id && comment.reason !== '' && isInside;
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

function asFinding(
  { id, severity, why }: Pick<ScanRule, 'id' | 'severity' | 'why'>,
  file: ScannedFile['path'],
  { place, message, fix, shown, object }: Finding,
): ScanFinding {
  const problem: Problem = {
    rule: id,
    severity,
    message,
    file,
    ...place,
    hint: fix.join('; ').replaceAll(':; ', ': '),
  };
  return { problem: object === undefined ? problem : { ...problem, object }, fix, shown, why };
}

function order(one: Problem, other: Problem): number {
  const [first = '', second = ''] = [one.file, other.file];
  if (first !== second) return first < second ? -1 : 1;
  return (one.line ?? 0) - (other.line ?? 0);
}
