import { constants, existsSync } from 'node:fs';
import { access, lstat, readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { npx } from '../cli/program.ts';
import { shellQuote } from '../cli/shell-quote.ts';
import { type ExpectedError, usageError } from '../errors.ts';
import { enclosingWorkTree } from '../git/enclosing-work-tree.ts';
import { futureRealPath, nearestFolder } from '../git/future-path.ts';
import { isSystemError, reasonOf } from '../tree/system-error.ts';

/** Where `create` is to work. */
export interface TargetFolder {
  /** Absolute. */
  root: string;
  /** As the person gave it, for sentences and commands. */
  shown: string;
  /** `ours` holds a flux-repo.yaml: it is continued. */
  state: 'new' | 'ours';
  /** What was done about an interrupted run of ours. */
  note?: string;
}

export const modelPath = 'flux-repo.yaml';

/** What a provider or a person puts into a repository before anything else. */
const welcome = /^(\.git|\.gitignore|readme(\..*)?|licen[cs]e(\..*)?)$/i;
/** What an interrupted run of ours may have left. */
const unfinished = '.flux-repo';
const mostListed = 10;

/**
 * Looks whether `create` may use the folder. Reads only.
 * @throws ExpectedError (exit 2) when it holds other things, is no folder, or cannot be written
 */
async function targetFolder(directory: string, cwd: string): Promise<TargetFolder> {
  const root = resolve(cwd, directory);
  try {
    const found = await lstat(root).catch((error: unknown) => {
      if (isSystemError(error) && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found?.isSymbolicLink())
      throw refusal(directory, 'is a symbolic link', 'give the folder itself, or another one');
    if (found !== undefined && !found.isDirectory()) throw refusal(directory, 'is a file', 'name a folder');
    const state = found === undefined ? 'new' : await stateOf(root, directory, cwd);
    await assertWritable(root, directory);
    return { root, shown: directory, state };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw refusal(directory, `cannot be used: ${reasonOf(error)}`, 'name another folder');
  }
}

/**
 * The same, after the end of what an interrupted run left half done; a dry run leaves that as it is.
 * @throws ExpectedError as `targetFolder`; exit 1 when another run is writing there at this moment
 */
export async function openTarget(directory: string, io: { cwd: string }, dryRun: boolean): Promise<TargetFolder> {
  // A run that was killed may have left anything between none and all of its files: they are ours, not foreign.
  const killed = dryRun ? undefined : await endKilledRun(resolve(io.cwd, directory));
  const target = await targetFolder(directory, io.cwd);
  if (killed !== undefined) return { ...target, note: killed };
  if (dryRun || !existsSync(target.root)) return target;
  const { endInterruptedRun } = await import('./interrupted-run.ts');
  const note = await endInterruptedRun(target.root);
  return note === undefined ? target : { ...(await targetFolder(directory, io.cwd)), note };
}

/** Only where a journal says that there is something to end. */
async function endKilledRun(root: string): Promise<string | undefined> {
  const isFolder = await lstat(root).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return undefined;
  const { endInterruptedRun, noticeInterruptedRun } = await import('./interrupted-run.ts');
  return (await noticeInterruptedRun(root)) === undefined ? undefined : endInterruptedRun(root);
}

async function stateOf(root: string, directory: string, cwd: string): Promise<TargetFolder['state']> {
  const names = await readdir(root);
  if (names.includes(modelPath)) return 'ours';
  const foreign = names.filter((name) => !welcome.test(name) && name !== unfinished).sort();
  if (foreign.length === 0) return 'new';
  const listed = foreign.slice(0, mostListed);
  const more = foreign.length > listed.length ? [`and ${foreign.length - listed.length} more`] : [];
  const problems = [...listed, ...more].map((message) => ({
    rule: 'create/folder-not-empty',
    severity: 'error' as const,
    message,
  }));
  throw usageError(`the folder ${nameOf(directory)} is not empty`, {
    code: 'folder-not-empty',
    why: ['Only .git, README, LICENSE and .gitignore may be there. Nothing was touched. There is:'],
    problems,
    hint: `${npx} ${shellQuote(await elsewhere(directory, cwd))}`,
  });
}

/** As it was given, but a message holds no absolute path. */
export function nameOf(directory: string): string {
  return isAbsolute(directory) ? basename(directory) : directory;
}

/** A folder that could be taken instead: not within another repository, which would be refused next. */
async function elsewhere(directory: string, cwd: string): Promise<string> {
  const isDots = basename(directory) === '.' || basename(directory) === '..';
  const near = isDots ? './fleet' : `${directory.replace(/[/\\]+$/, '')}-flux`;
  const workTree = await enclosingWorkTree(resolve(cwd, near)).catch(() => undefined);
  if (workTree === undefined) return near;
  return relative(await futureRealPath(cwd), join(dirname(workTree), basename(near)));
}

async function assertWritable(root: string, directory: string): Promise<void> {
  const folder = await nearestFolder(root);
  await access(folder, constants.W_OK | constants.X_OK).catch(() => {
    const what = folder === root ? 'cannot be written to' : `cannot be made: no right to write in ${basename(folder)}`;
    throw refusal(directory, what, 'name a folder below one of your own');
  });
}

function refusal(directory: string, what: string, hint: string): ExpectedError {
  return usageError(`${nameOf(directory)} ${what}`, { code: 'folder-unusable', hint });
}
