import { relative, resolve, sep } from 'node:path';
import { rules } from '../../check/rules.ts';
import type { Io } from '../../cli/io.ts';
import { marksFor, paintFor } from '../../cli/marks.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import type { ScanOptions } from '../../cli/secrets/scan-command.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { ExpectedError, usageError } from '../../errors.ts';
import { futureRealPath } from '../../git/future-path.ts';
import { type ScanReport, scanFiles } from '../../secrets/scan/scan-files.ts';
import type { CommandWriter } from '../../secrets/scan/scan-rule.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import { filesToScan, type Scannable } from './files-to-scan.ts';
import { countOf, scanText } from './scan-text.ts';

const commands: Omit<CommandWriter, 'stateOf'> = {
  tool: (...words) => `${npx} ${shellCommand(words)}`,
  shell: (...words) => shellCommand(words),
};

/** Scans the work tree, or what is staged; fails when there is an error among what is found. Writes nothing. */
export async function scan(io: Io, options: ScanOptions): Promise<Outcome> {
  const scannable = await filesToScan(io, options);
  const only = await named(io, options, scannable);
  const report = await scanFiles(scannable.files, {
    write: { ...commands, stateOf: scannable.stateOf },
    only,
    otherRules: rules.map(({ id }) => id),
  });
  const { findings, ignored, scanned, skipped } = report;
  const look = { paint: paintFor(io.stdout), marks: marksFor(io), verbose: options.verbose };
  const failure = failureOf(report);
  return {
    changes: [],
    steps: [],
    nextSteps: [],
    problems: findings.map(({ problem }) => problem),
    result: { staged: options.staged, scanned, skipped, ignored },
    text: scanText(report, look),
    ...(failure !== undefined && { failure }),
  };
}

/** Which files the paths on the command line stand for. @throws ExpectedError (exit 2) for a path without any file */
async function named(io: Io, { paths }: ScanOptions, { root, files }: Scannable): Promise<(path: RepoPath) => boolean> {
  if (paths.length === 0) return () => true;
  const wanted: RepoPath[] = [];
  for (const path of paths) {
    const within = relative(root, await futureRealPath(resolve(io.cwd, path))).replaceAll(sep, '/');
    if (!files.some((file) => isBelow(file.path, within)))
      throw usageError(`nothing to scan at ${path}`, {
        code: 'no-such-file',
        why: ['No file of the repository is there that git does not ignore.'],
        hint: `leave the path out to scan everything: ${npx} secrets scan`,
      });
    wanted.push(within);
  }
  return (path) => wanted.some((within) => isBelow(path, within));
}

function isBelow(path: RepoPath, folder: RepoPath): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

function failureOf({ findings }: ScanReport): ExpectedError | undefined {
  const errors = findings.filter(({ problem }) => problem.severity === 'error');
  if (errors.length === 0) return undefined;
  const files = new Set(errors.map(({ problem }) => problem.file)).size;
  return new ExpectedError({
    code: 'secrets-found',
    exitCode: 1,
    message: `${countOf(errors.length, 'error')} in ${countOf(files, 'file')}`,
    why: ['What was pushed already is known: change the values too, taking them out does not undo that.'],
  });
}
