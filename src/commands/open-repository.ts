import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Io } from '../cli/io.ts';
import { npx } from '../cli/program.ts';
import { type ExpectedError, usageError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import { readModel } from '../model/read-model.ts';
import type { Locks } from '../plan/lock-file.ts';
import { readLocks, readRepositoryLock } from '../plan/read-locks.ts';
import { diskTree } from '../tree/disk-tree.ts';
import type { Tree } from '../tree/tree.ts';
import { endInterruptedRun, noticeInterruptedRun } from './interrupted-run.ts';
import { refuseMarkers, withoutMarkers } from './refuse-unmerged.ts';
import { modelPath } from './target-folder.ts';

/** A repository of ours as a command finds it. */
export interface OpenRepository {
  /** Absolute. */
  root: string;
  /** The way there from where the person is; `.` when they are there. */
  shown: string;
  /** `flux-repo.yaml`, byte for byte. */
  text: string;
  model: Model;
  tree: Tree;
  locks: Locks;
  /** What is to be said about an interrupted run before this one. */
  notes: readonly string[];
}

/**
 * Opens the repository that the person is in: the nearest folder with a `flux-repo.yaml`, looked for upwards as git
 * does, up to the git repository's own folder. Ends what an interrupted run left half done, unless `readOnly`.
 * @param from.directory `-C` as given, for the way that is shown
 * @throws ExpectedError (exit 2) when there is none, or it cannot be read
 */
export async function openRepository(
  io: Io,
  from: { directory: string | undefined; readOnly: boolean },
): Promise<OpenRepository> {
  const root = repositoryAround(io.cwd);
  if (root === undefined) throw notHere();
  const note = await (from.readOnly ? noticeInterruptedRun(root) : endInterruptedRun(root));
  const tree = diskTree(root);
  if (withoutMarkers(() => readRepositoryLock(tree)) === undefined) throw withoutLock();
  const contents = tree.read(modelPath);
  if (typeof contents !== 'string')
    throw usageError(`${modelPath} is not text`, { hint: `bring it back: git restore ${modelPath}` });
  refuseMarkers(contents);
  return {
    root,
    shown: join(from.directory ?? '.', relative(io.cwd, root)),
    text: contents,
    model: readModel({ text: contents, file: modelPath }),
    tree,
    locks: withoutMarkers(() => readLocks(tree)),
    notes: note === undefined ? [] : [note],
  };
}

/** The nearest folder with a model, upwards up to the git repository's own. */
export function repositoryAround(folder: string): string | undefined {
  if (existsSync(join(folder, modelPath))) return folder;
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, '.git')) ? undefined : repositoryAround(parent);
}

export function notHere(): ExpectedError {
  return usageError('there is no Flux repository of create-flux-repo here', {
    code: 'no-repository',
    why: [`Looked for ${modelPath} in this folder and in those above it.`],
    hint: `go to the repository or name it with -C DIR; a new one is made by: ${npx} DIR`,
  });
}

function withoutLock(): ExpectedError {
  return usageError(`${modelPath} is here, but .flux-repo/lock.json is not`, {
    code: 'no-lock',
    why: ['It says what was generated last. Without it, your edits cannot be told from what is generated.'],
    hint: `git restore .flux-repo; or, for a file you wrote yourself: ${npx} DIR --config ${modelPath}, without its "id"`,
  });
}
