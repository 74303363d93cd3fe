import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ExpectedError } from '../errors.ts';
import { isSystemError } from '../tree/system-error.ts';
import type { FileDoor } from './file-door.ts';
import { isGone, type LockHolder, parseHolder, thisProcess } from './lock-holder.ts';
import { quietly } from './quietly.ts';
import { ensureStateFolder } from './staging.ts';
import { type StateFolder, shownStatePath } from './state-folder.ts';

/** Milliseconds a lock without a readable holder is given: writing its one line takes far less than one. */
const patience = 100;

/** The locks this process holds now: one of ours that is not here could not be removed when we were done with it. */
const heldHere = new Set<string>();

/**
 * Runs with this process as the only writer of the repository.
 * @throws ExpectedError (exit code 1) when another process is writing
 */
export async function withWriteLock<Result>(
  root: string,
  state: StateFolder,
  door: FileDoor,
  run: () => Promise<Result>,
): Promise<Result> {
  const mine = `${JSON.stringify(thisProcess())}\n`;
  try {
    await take(root, state, mine, door);
    try {
      return await run();
    } finally {
      heldHere.delete(state.lock);
      release(state.lock, mine, door);
    }
  } finally {
    removeEmptyState(state, door);
  }
}

/** The folder of the lock goes when nothing is in it any more but locks moved aside by processes that died then. */
export function removeEmptyState(state: StateFolder, door: FileDoor): void {
  quietly(() => {
    const isAside = (name: string) => name.startsWith(`${basename(state.lock)}.`);
    for (const name of door.list(state.folder).filter(isAside)) door.removeFile(join(state.folder, name));
    door.removeFolder(state.folder);
  });
}

async function take(root: string, state: StateFolder, mine: string, door: FileDoor): Promise<void> {
  const attempts = 5;
  for (let tries = 1; ; tries++) {
    const refusal = create(root, state, mine, door);
    if (refusal === undefined) {
      heldHere.add(state.lock);
      return;
    }
    const text = textOf(state.lock, door);
    const holder = text === undefined ? undefined : parseHolder(text);
    const isHeld = holder !== undefined && (heldHere.has(state.lock) || !isGone(holder));
    if (isHeld) throw held(shownStatePath(root, state.lock), holder);
    if (tries === attempts) throw refusal;
    if (text === undefined) continue;
    if (holder === undefined) await setTimeout(patience);
    takeAway(state.lock, text, door);
  }
}

/** Undefined when the lock is ours; the error when another process was faster to take it or to remove its folder. */
function create(root: string, state: StateFolder, mine: string, door: FileDoor): Error | undefined {
  try {
    ensureStateFolder(root, state.folder, door);
    door.writeNew(state.lock, mine, 0o600);
    return undefined;
  } catch (error) {
    if (isSystemError(error) && ['EEXIST', 'ENOENT'].includes(error.code)) return error;
    release(state.lock, mine, door);
    throw error;
  }
}

/** Another process may take over the same abandoned lock: what we moved aside must be what we judged. */
function takeAway(lock: string, judged: string, door: FileDoor): void {
  const aside = `${lock}.${thisProcess().pid}`;
  if (textOf(lock, door) !== judged) return;
  unlessGone(() => door.move(lock, aside));
  const moved = textOf(aside, door);
  if (moved === undefined) return;
  if (moved !== judged && door.look(lock) === undefined) door.move(aside, lock);
  else door.removeFile(aside);
}

/** Also takes back a lock that was written in part only. */
function release(lock: string, mine: string, door: FileDoor): void {
  quietly(() => {
    if (mine.startsWith(textOf(lock, door) ?? '\0')) door.removeFile(lock);
  });
}

function textOf(path: string, door: FileDoor): string | undefined {
  return unlessGone(() => Buffer.from(door.read(path)).toString('utf8'));
}

/** The result; undefined when another process has removed the file meanwhile. */
function unlessGone<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function held(lock: string, holder: LockHolder): ExpectedError {
  const who = `process ${holder.pid}`;
  return new ExpectedError({
    code: 'locked',
    exitCode: 1,
    message: 'another create-flux-repo is writing to this repository',
    why: [`${who} on ${holder.host}, started ${holder.startedAt}, holds ${lock}`],
    hint: `Wait until it is done, then run the same command again. If ${who} is something else, delete ${lock} first.`,
  });
}
