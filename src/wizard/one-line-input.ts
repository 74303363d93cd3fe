import { PassThrough } from 'node:stream';
import type { InputStream } from '../cli/io.ts';

/** Milliseconds in which more of a paste comes: a terminal hands a long one over in pieces. */
const pasteGap = 40;

/** Keys on their way to a prompt for one line. */
export interface OneLineInput {
  /** What the prompt reads in place of the terminal. */
  input: InputStream;
  /** Whether several lines came at once since the last call; the prompt got Enter in place of them. */
  tookSeveral(): boolean;
  /** Ends it; the terminal is as it was. */
  close(): void;
}

/**
 * Stands between the terminal and a prompt that ends at the first line break. Of a text that is pasted with several lines the
 * prompt would take the first, and the shell the others, as commands. So a line break is held back until nothing follows:
 * what follows at once is no key, and all of it is withheld.
 *
 * @param terminal in raw mode from now on, so that nothing of a paste is echoed
 */
export function oneLineInput(terminal: InputStream): OneLineInput {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  let held = Buffer.alloc(0);
  let timer: NodeJS.Timeout | undefined;
  let several = false;
  const pass = () => {
    const text = held.toString('latin1');
    held = Buffer.alloc(0);
    several = /[\r\n]+[^\r\n]/.test(text);
    input.write(several ? '\r' : Buffer.from(text.replace(/[\r\n]+$/, '\r'), 'latin1'));
  };
  const take = (chunk: Buffer | string) => {
    const bytes = Buffer.from(chunk);
    if (held.length === 0 && !/[\r\n]/.test(bytes.toString('latin1'))) {
      input.write(bytes);
      return;
    }
    held = Buffer.concat([held, bytes]);
    clearTimeout(timer);
    timer = setTimeout(pass, pasteGap);
  };
  terminal.setRawMode?.(true);
  terminal.on('data', take);
  terminal.resume();
  return {
    input,
    tookSeveral() {
      const took = several;
      several = false;
      return took;
    },
    close() {
      clearTimeout(timer);
      terminal.off('data', take);
      terminal.pause();
      terminal.setRawMode?.(false);
      input.destroy();
    },
  };
}
