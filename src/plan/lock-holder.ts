import { readFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { kill, pid } from 'node:process';
import * as v from 'valibot';

/** The process that is writing: who it is among all processes, which is no matter of the command's input or output. */
export interface LockHolder {
  pid: number;
  host: string;
  /** When the process started, ISO 8601. Process numbers begin anew with the machine. */
  startedAt: string;
}

const lockHolder = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  host: v.string(),
  startedAt: v.string(),
});

/** Clocks are set; so much may lie between a start as noted and the machine's own. */
const clockSlack = 60_000;

export function thisProcess(): LockHolder {
  return { pid, host: hostname(), startedAt: new Date(performance.timeOrigin).toISOString() };
}

/** Undefined when the text is no holder: its process ended while it wrote it, or is writing it right now. */
export function parseHolder(text: string): LockHolder | undefined {
  try {
    return v.parse(lockHolder, JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Whether the process is surely gone, or this one, which knows itself what it holds: in containers the same few process
 * numbers come back. One on another machine (a shared folder) is never surely gone.
 */
export function isGone(holder: LockHolder): boolean {
  const self = thisProcess();
  if (holder.host !== self.host) return false;
  if (holder.pid === self.pid) return true;
  const machineStart = Date.now() - uptime() * 1000;
  if (Date.parse(holder.startedAt) < machineStart - clockSlack) return true;
  return !isRunning(holder.pid) || isAnother(holder);
}

function isRunning(number: number): boolean {
  try {
    kill(number, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Units of a process' start in /proc: hundredths of a second on every Linux that Node runs on. */
const tick = 10;

/**
 * Whether what has the number now is another process, or only what is left of one: a killed one keeps its number until its
 * parent asks for it, in a container without an init for ever. State is field 3, the start since the machine's field 22,
 * behind a name in brackets that may hold anything. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function isAnother({ pid: number, startedAt }: LockHolder): boolean {
  const fields = statOf(number)?.split(' ');
  if (fields === undefined) return false;
  const [state = ''] = fields;
  const started = Date.now() - uptime() * 1000 + Number(fields[19]) * tick;
  return 'ZX'.includes(state) || started > Date.parse(startedAt) + clockSlack;
}

function statOf(number: number): string | undefined {
  try {
    return /^.*\) (.*)/s.exec(readFileSync(`/proc/${number}/stat`, 'latin1'))?.[1];
  } catch {
    // no /proc here, or it is somebody else's
    return undefined;
  }
}
