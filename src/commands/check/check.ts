import { realpath, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { CheckedRepository } from '../../check/checked-repository.ts';
import { readRepository } from '../../check/read-repository.ts';
import { rules } from '../../check/rules.ts';
import { type CheckedProblem, runRules } from '../../check/run-rules.ts';
import { type CheckReport, counted } from '../../cli/check/check-report.ts';
import { githubAnnotations } from '../../cli/check/github.ts';
import { explainText, rulesText } from '../../cli/check/rules-text.ts';
import { sarifLog } from '../../cli/check/sarif.ts';
import { checkText } from '../../cli/check/text.ts';
import type { CheckOptions } from '../../cli/check-command.ts';
import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { ExpectedError, usageError } from '../../errors.ts';
import { enclosingWorkTree } from '../../git/enclosing-work-tree.ts';
import { type FileState, fileStates } from '../../git/file-states.ts';
import { listFiles } from '../../git/list-files.ts';
import { nearest } from '../../nearest.ts';
import type { Problem } from '../../problem.ts';
import { diskTree } from '../../tree/disk-tree.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import { nextText } from '../create-text.ts';
import { repositoryAround } from '../open-repository.ts';
import { applyFixes, type FixesMade } from './apply-fixes.ts';
import { checkingTool } from './checking-tool.ts';
import { filesOfCluster } from './files-of-cluster.ts';

/** `check`: what would fail on a cluster, found without one. Writes nothing, unless told to fix what is safely fixed. */
export async function check(io: Io, options: CheckOptions): Promise<Outcome> {
  if (options.listRules) return told(rulesText(rules), { rules: rules.map(({ id, severity }) => ({ id, severity })) });
  if (options.explain !== undefined) return told(explainText(rules, options.explain), {});
  const root = await rootOf(io, options);
  const before = await report(io, root, options.cluster);
  const fixed = options.fix ? await applyFixes(io, root, before.report, options) : undefined;
  if (fixed?.carried?.failure !== undefined) return fixed.carried;
  const { repository, report: found } = fixed?.isWritten ? await report(io, root, options.cluster) : before;
  const failure = failureOf(found.problems, options);
  const prefix = prefixOf(io.cwd, root);
  return {
    changes: fixed?.changes ?? [],
    steps: fixed?.carried?.steps ?? [],
    nextSteps: fixed?.carried?.nextSteps ?? [],
    problems: found.problems.map(shownProblem),
    result: {
      files: found.files,
      clusters: repository.clusters.map(({ name, folder }) => ({ name, folder })),
      notBuilt: found.notBuilt,
    },
    text: textOf(io, found, fixed, { ...options, prefix }),
    ...(fixed?.carried?.redact !== undefined && { redact: fixed.carried.redact }),
    ...(failure !== undefined && { failure }),
  };
}

function told(text: string, result: Readonly<Record<string, unknown>>): Outcome {
  return { changes: [], steps: [], nextSteps: [], problems: [], result, text };
}

/** The repository that a folder is part of; any folder else, or all of its git work tree when none is named. */
async function rootOf(io: Io, { folder }: CheckOptions): Promise<string> {
  const named = resolve(io.cwd, folder ?? '.');
  const isFolder = await stat(named).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder)
    throw usageError(`${folder} is no folder`, { hint: 'name a folder, or leave it out for the one you are in' });
  const ours = repositoryAround(named);
  if (ours !== undefined) return ours;
  return folder === undefined ? ((await enclosingWorkTree(named)) ?? named) : named;
}

async function report(
  io: Io,
  root: string,
  cluster: string | undefined,
): Promise<{ repository: CheckedRepository; report: CheckReport }> {
  const paths = await listFiles(root, { env: io.env, signal: io.signal });
  const repository = await readRepository(diskTree(root), paths, checkingTool(await statesBelow(io, root)));
  const { clusters, files } = repository;
  const only = cluster === undefined ? undefined : clusterNamed(repository, cluster);
  const reads = only === undefined ? undefined : filesOfCluster(repository, only.folder);
  const problems = runRules(
    repository,
    rules,
    only && reads && { cluster: only.name, reads: (path) => reads.has(path) },
  );
  const shown = only === undefined ? clusters : [only];
  const notBuilt = shown.flatMap(({ kustomizations }) => kustomizations.flatMap(({ build }) => build?.notBuilt ?? []));
  return {
    repository,
    report: {
      problems,
      notBuilt: [...new Map(notBuilt.map((each) => [JSON.stringify(each), each])).values()],
      files: reads === undefined ? files.size : [...files.keys()].filter((path) => reads.has(path)).length,
      clusters: shown.length,
      textOf: (path) => files.get(path)?.text,
    },
  };
}

/** How far git knows the files of a folder. */
async function statesBelow({ env, signal }: Io, root: string): Promise<(path: RepoPath) => FileState> {
  const top = await enclosingWorkTree(root);
  if (top === undefined) return () => 'untracked';
  const stateOf = await fileStates({ cwd: top, env, signal });
  const prefix = prefixOf(top, await realpath(root));
  return (path) => stateOf(prefix + path);
}

function clusterNamed({ clusters }: CheckedRepository, cluster: string) {
  const found = clusters.find(({ name }) => name === cluster);
  if (found !== undefined) return found;
  const names = clusters.map(({ name }) => name);
  const meant = nearest(cluster, names);
  throw usageError(`there is no cluster ${cluster}`, {
    code: 'unknown-cluster',
    why: [`The repository has: ${names.join(', ') || 'none'}.`],
    ...(meant !== undefined && { hint: `${npx} ${shellCommand(['check', '--cluster', meant])}` }),
  });
}

/** From where CI is, if the repository is below; annotations name files from there. */
function prefixOf(cwd: string, root: string): string {
  const way = relative(cwd, root).replaceAll('\\', '/');
  return way === '' || way.startsWith('..') ? '' : `${way}/`;
}

function textOf(
  io: Io,
  found: CheckReport,
  fixed: FixesMade | undefined,
  { format, prefix, verbose }: CheckOptions & { prefix: string },
): string {
  if (format === 'sarif') return sarifLog(found, rules, prefix);
  if (format === 'github') return githubAnnotations(found, prefix, { verbose });
  const next = nextText(io, fixed?.carried?.nextSteps ?? []);
  return `${fixed?.text ?? ''}${checkText(io, found, { verbose })}${next === '' ? '' : `\n${next}`}`;
}

function failureOf(problems: readonly CheckedProblem[], { strict }: CheckOptions): ExpectedError | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  const [first] = [...errors, ...warnings];
  if (first === undefined || (errors.length === 0 && !strict)) return undefined;
  const count =
    errors.length > 0 ? counted(errors.length, 'error') : `${counted(warnings.length, 'warning')}, and --strict`;
  return new ExpectedError({
    code: 'problems-found',
    exitCode: 1,
    message: `check found ${count}`,
    hint: `${npx} check --explain ${first.rule}`,
  });
}

/** Without what only programs of ours need. */
function shownProblem({ fingerprint, cause, isNextStep, fix, ...problem }: CheckedProblem): Problem {
  return problem;
}
