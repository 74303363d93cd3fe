import { stripVTControlCharacters } from 'node:util';
import type { FakeSystem } from './fake-system.ts';

/** A key as a terminal sends it. */
export const keys = {
  down: '\u001b[B',
  up: '\u001b[A',
  space: ' ',
  enter: '\r',
  escape: '\u001b',
  interrupt: '\u0003',
  clear: '\u0015',
};

/** Somebody at a fake system's terminal. */
export interface Person {
  /** Waits for the text to appear after what was seen before, then presses the keys one after the other. */
  answer(question: string, ...keys: readonly string[]): Promise<void>;
  /** Waits for the text and gives the screen since the last wait. */
  see(text: string): Promise<string>;
  /** The whole screen so far, without control codes. */
  screen(): string;
}

/** Milliseconds. */
const patience = 5_000;

/**
 * Real prompts over in-memory streams. Type-ahead is lost between two prompts, so every answer waits for its question;
 * a question that no test expects is never answered, and the test fails by the question it then waits for in vain.
 */
export function personAt(system: FakeSystem): Person {
  let seen = 0;
  const screen = () => stripVTControlCharacters(system.err());
  const see = async (text: string) => {
    const start = Date.now();
    for (;;) {
      const found = screen().indexOf(text, seen);
      if (found !== -1) {
        const since = screen().slice(seen);
        seen = found + text.length;
        return since;
      }
      if (Date.now() - start > patience)
        throw new Error(`"${text}" never came; the screen has:\n${screen().slice(seen)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return {
    see,
    screen,
    async answer(question, ...pressed) {
      await see(question);
      for (const key of pressed) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        system.stdin.write(key);
      }
    },
  };
}

/** Answers questions as they come, each by its text, until the run ends. @returns what the run gives */
export async function answering<Result>(
  system: FakeSystem,
  run: Promise<Result>,
  answers: Readonly<Record<string, readonly string[]>>,
): Promise<Result> {
  let isOver = false;
  let seen = 0;
  const ended = run.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const fresh = stripVTControlCharacters(system.err()).slice(seen);
    const [first] = Object.keys(answers)
      .filter((text) => fresh.includes(text))
      .sort((one, other) => fresh.indexOf(one) - fresh.indexOf(other));
    if (first !== undefined) seen += fresh.indexOf(first) + first.length;
    for (const key of first === undefined ? [] : (answers[first] ?? [])) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      system.stdin.write(key);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return ended;
}
