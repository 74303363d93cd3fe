import { type Io, screenOf } from './io.ts';
import { marksFor, paintFor } from './marks.ts';

/** What one piece of work came to; `skipped` when it was left undone on purpose. */
export interface Done<Value> {
  value: Value;
  skipped?: string | undefined;
}

/** Shows work while it happens. Never reads stdin, so that Ctrl-C stays the signal it is. */
export type Progress = <Value>(title: string, work: () => Promise<Done<Value>>) => Promise<Value>;

/** One line per step: on a terminal replaced by a tick, elsewhere `-> step` and `ok step (1.2s)`. */
export function progressOn(io: Io): Progress {
  const screen = screenOf(io);
  const paint = paintFor(screen);
  const marks = marksFor(io);
  const redraws = screen.isTTY === true && io.env.TERM !== 'dumb' && (io.env.CI ?? '') === '';
  const begin = (title: string) => screen.write(redraws ? `${paint('cyan', marks.active)} ${title}` : `-> ${title}\n`);
  const end = (mark: string, word: string, text: string) =>
    screen.write(redraws ? `\r\u001b[2K${mark} ${text}\n` : `${word} ${text}\n`);

  return async (title, work) => {
    const start = io.now();
    const seconds = () => `(${((io.now() - start) / 1000).toFixed(1)}s)`;
    begin(title);
    try {
      const { value, skipped } = await work();
      if (skipped !== undefined) end(paint('yellow', marks.skipped), 'skipped', `${title}: ${skipped}`);
      else end(paint('green', marks.done), 'ok', redraws ? title : `${title} ${seconds()}`);
      return value;
    } catch (error) {
      end(paint('red', marks.failed), 'failed', redraws ? title : `${title} ${seconds()}`);
      throw error;
    }
  };
}
