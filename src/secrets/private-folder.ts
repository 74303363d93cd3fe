import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { platform } from 'node:process';
import { isGone, type LockHolder, thisProcess } from '../plan/lock-holder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the folder's name says of the process that made it, before six letters that are the system's. */
const madeBy = /^create-flux-repo-(\d+)-(\d+)-(.+)-[A-Za-z0-9]{6}$/;

/**
 * Where private folders are, in the order of trust: in memory, then on the disk.
 *
 * @param env `XDG_RUNTIME_DIR` is read; https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function privatePlaces(env: Environment): string[] {
  const runtime = env.XDG_RUNTIME_DIR ?? '';
  return [...(isAbsolute(runtime) ? [runtime] : []), '/dev/shm', tmpdir()];
}

/** What a folder of this process is called: its number, when it started, and the machine, from the first moment. */
export function folderPrefix(): string {
  const { pid, startedAt, host } = thisProcess();
  return `create-flux-repo-${pid}-${Date.parse(startedAt)}-${slugOf(host)}-`;
}

/**
 * Removes private folders whose process was killed, with the plain text in them: only this user's own, only those of this
 * machine, and never through a symbolic link. What cannot be looked at or removed is left.
 */
export function sweepPrivateFolders(env: Environment): void {
  for (const place of privatePlaces(env))
    for (const name of namesIn(place)) {
      const holder = holderOf(name);
      const folder = join(place, name);
      if (holder !== undefined && !isOurs(holder) && isGone(holder) && isOwnFolder(folder)) remove(folder);
    }
}

function holderOf(name: string): LockHolder | undefined {
  const [, pid, started, host] = madeBy.exec(name) ?? [];
  const time = new Date(Number(started));
  if (pid === undefined || Number.isNaN(time.getTime())) return undefined;
  const here = thisProcess().host;
  // one with another name for this machine is not surely gone
  return { pid: Number(pid), host: host === slugOf(here) ? here : '', startedAt: time.toISOString() };
}

/** A process that had our number earlier is gone; what this one has made it removes itself. */
function isOurs({ pid, startedAt }: LockHolder): boolean {
  const self = thisProcess();
  return pid === self.pid && Date.parse(startedAt) === Date.parse(self.startedAt);
}

function slugOf(host: string): string {
  return host.replace(/[^A-Za-z0-9.]/g, '-') || 'machine';
}

function namesIn(place: string): string[] {
  try {
    return readdirSync(place);
  } catch {
    return [];
  }
}

/** Others may make folders of that name in a place for everybody: theirs are not ours to touch. */
function isOwnFolder(folder: string): boolean {
  try {
    const found = lstatSync(folder);
    return found.isDirectory() && (platform === 'win32' || found.uid === userInfo().uid);
  } catch {
    return false;
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // the next command tries again
  }
}
