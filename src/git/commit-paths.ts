import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ExpectedError } from '../errors.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { busyAtCommit } from './git-refusals.ts';
import { gitWords } from './git-words.ts';
import { askGit, type GitCall, runGit } from './run-git.ts';
import { readWorkTree, type WorkTree } from './work-tree.ts';

/** One commit of exactly these paths, whatever else the person has staged. */
export interface PathsCommit {
  /** Paths from `call.cwd`. One that is not on disk (any more) is committed as deleted. */
  paths: readonly RepoPath[];
  /** Those of `paths` that get the executable bit, also where the file system has none. */
  executable: readonly RepoPath[];
  /** Those of `paths` that are committed with another text than the disk has. */
  instead?: readonly InsteadOfDisk[];
  message: string;
  /** The command that goes on from here, for the error's hint. */
  resume: string;
}

/** A file that stays on disk as it is, while git gets another text of it. */
export interface InsteadOfDisk {
  path: RepoPath;
  /** For the commit, as it is to be in it: no filter and no line ending is applied. */
  committed: string;
  /** For the person's own index. */
  staged: string;
}

/**
 * Commits the paths with the person's own hooks, signing and identity, and leaves the rest of their index alone.
 *
 * Not `git commit --only`: it rebuilds its index from HEAD and takes the file mode from disk, so with
 * `core.fileMode=false` the executable bit is lost. An index of our own, filled from HEAD, keeps it.
 *
 * @param call `cwd` is the repository's top
 * @returns the new commit's hash, or `undefined` when HEAD has all of it already
 * @throws ExpectedError `git-commit-failed` with git's own words; the paths are then staged. `git-busy` in the middle
 *   of a merge, whose result this commit would drop.
 */
export async function commitPaths(commit: PathsCommit, call: GitCall): Promise<string | undefined> {
  const workTree = await readWorkTree(call.cwd, call);
  if (workTree === undefined) throw new Error('commitPaths needs a repository');
  if (workTree.operation !== undefined) throw busyAtCommit(workTree.operation, commit.resume);
  await stageAll(commit, 'staged', call);
  const indexFile = join(workTree.gitDir, `create-flux-repo-index-${randomUUID()}`);
  const ours: GitCall = { ...call, indexFile };
  try {
    await runGit(workTree.hasCommits ? ['read-tree', 'HEAD'] : ['read-tree', '--empty'], ours);
    await stageAll(commit, 'committed', ours);
    if (await isUnchanged(workTree, ours)) return undefined;
    await commitIndex(commit, ours);
  } finally {
    await rm(indexFile, { force: true });
    await rm(`${indexFile}.lock`, { force: true });
  }
  return runGit(['rev-parse', 'HEAD'], call);
}

async function stageAll(
  { paths, executable, instead = [] }: PathsCommit,
  version: 'committed' | 'staged',
  call: GitCall,
): Promise<void> {
  const texts = new Map(instead.map((file) => [file.path, file[version]]));
  await stagePaths({ paths: paths.filter((path) => !texts.has(path)), executable }, call);
  for (const [path, text] of texts) {
    const id = await runGit(['hash-object', '-w', '--stdin'], { ...call, input: text });
    const [mode] = (await runGit(['ls-files', '--stage', '--', `:(literal)${path}`], call)).split(' ');
    await runGit(['update-index', '--add', '--cacheinfo', `${mode || '100644'},${id},${path}`], call);
  }
}

/** `update-index` takes names literally (no pathspec magic) and does not ask ignore files, the person's own included. */
export async function stagePaths(
  { paths, executable }: Pick<PathsCommit, 'paths' | 'executable'>,
  call: GitCall,
): Promise<void> {
  await runGit(['update-index', '--add', '--remove', '--replace', '-z', '--stdin'], {
    ...call,
    input: nulTerminated(paths),
  });
  if (executable.length > 0)
    await runGit(['update-index', '--chmod=+x', '-z', '--stdin'], { ...call, input: nulTerminated(executable) });
}

async function isUnchanged({ hasCommits }: WorkTree, call: GitCall): Promise<boolean> {
  return hasCommits && (await askGit(['diff-index', '--cached', '--quiet', 'HEAD'], call)).exitCode === 0;
}

async function commitIndex({ message, paths, resume }: PathsCommit, call: GitCall): Promise<void> {
  const answer = await askGit(['commit', '--quiet', '--file=-'], { ...call, input: message, keepLocale: true });
  if (answer.exitCode === 0) return;
  throw new ExpectedError({
    code: 'git-commit-failed',
    exitCode: 1,
    message: 'git did not commit the files',
    why: [
      ...gitWords(answer.stdout, answer.stderr),
      `${paths.length} ${paths.length === 1 ? 'file is' : 'files are'} written and staged; nothing is committed.`,
    ],
    hint: `Put right what git (or a hook or signing program of yours) names above, then: ${resume}`,
  });
}

function nulTerminated(paths: readonly RepoPath[]): string {
  return paths.map((path) => `${path}\0`).join('');
}
