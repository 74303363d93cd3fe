import { type FileDoor, fileDoor } from '../../src/plan/file-door.ts';

export type Operation = keyof FileDoor;

/**
 * - `throw` fails once, `throw-on` from then on.
 * - `kill` ends the process before the operation, `tear` in the middle of writing a file.
 */
export type FaultKind = 'throw' | 'throw-on' | 'kill' | 'tear';

export interface Fault {
  /** 1-based number of the operation. */
  at: number;
  kind: FaultKind;
  code?: string;
}

/** The real door, counting, with at most one fault. `seen` is given the name of each operation. */
export function faultyDoor(seen: Operation[], fault?: Fault): FileDoor {
  const strike = (operation: Operation, path: string) => {
    seen.push(operation);
    if (fault === undefined || seen.length < fault.at) return;
    if (seen.length > fault.at && fault.kind !== 'throw-on') return;
    if (fault.kind === 'kill' || fault.kind === 'tear') process.kill(process.pid, 'SIGKILL');
    throw Object.assign(new Error('injected'), { code: fault.code ?? 'EIO', syscall: operation, path });
  };
  const counted =
    <Arguments extends unknown[], Result>(operation: Operation, act: (...args: Arguments) => Result) =>
    (...args: Arguments): Result => {
      strike(operation, String(args.at(-1)));
      return act(...args);
    };
  const tearing: FileDoor['writeNew'] = (path, contents, mode) => {
    if (fault?.kind === 'tear' && seen.length + 1 === fault.at) {
      fileDoor.writeNew(path, contents.slice(0, contents.length / 2), mode);
    }
    strike('writeNew', path);
    fileDoor.writeNew(path, contents, mode);
  };
  return {
    look: counted('look', fileDoor.look),
    read: counted('read', fileDoor.read),
    list: counted('list', fileDoor.list),
    makeFolder: counted('makeFolder', fileDoor.makeFolder),
    writeNew: tearing,
    changeMode: counted('changeMode', fileDoor.changeMode),
    flush: counted('flush', fileDoor.flush),
    move: counted('move', fileDoor.move),
    removeFile: counted('removeFile', fileDoor.removeFile),
    removeFolder: counted('removeFolder', fileDoor.removeFolder),
  };
}

/** Operations that change the disk: between two of them a killed process leaves the same. */
export function isChanging(operation: Operation): boolean {
  return !['look', 'read', 'list', 'flush'].includes(operation);
}
