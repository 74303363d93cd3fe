import { setMaxListeners } from 'node:events';
import * as clack from '@clack/prompts';
import { type InputStream, type Io, screenOf } from '../cli/io.ts';
import { Cancelled } from '../errors.ts';
import { Secret } from '../secrets/secret.ts';
import { oneLineInput } from './one-line-input.ts';
import type { Choice } from './question.ts';

export interface TextRequest {
  message: string;
  /** Shown dimmed while nothing is typed: an example. */
  placeholder?: string | undefined;
  /** Shown dimmed while nothing is typed: what Enter takes then. */
  usual?: string | undefined;
  /** In the field already, to be edited. */
  initial?: string | undefined;
  /** Gets `''` when nothing was typed. */
  validate(text: string): string | undefined | Promise<string | undefined>;
}

/** The only way anything is asked. Each call resolves to an answer; Ctrl-C, signals and nearly always Esc throw `Cancelled`. */
export interface Prompts {
  intro(title: string): void;
  outro(text: string): void;
  note(text: string, title: string): void;
  warn(text: string): void;
  text(request: TextRequest): Promise<string>;
  /** One line that is typed unseen. @param request.severalLines what to say when several were pasted: none is taken */
  password(request: Pick<TextRequest, 'message' | 'validate'> & { severalLines: string }): Promise<Secret>;
  select(message: string, choices: readonly Choice[], initial?: string): Promise<string>;
  /** A select within something: undefined when the person leaves it with Esc. */
  selectOrBack(message: string, choices: readonly Choice[]): Promise<string | undefined>;
  multiselect(message: string, choices: readonly Choice[], initial: readonly string[]): Promise<string[]>;
}

/**
 * Prompts on a real terminal. clack's spinner, tasks and progress are not among them: on Ctrl-C they end the process
 * with exit code 0 (https://github.com/bombshell-dev/clack/issues/573).
 */
export function terminalPrompts(io: Io): Prompts {
  const output = screenOf(io);
  // every prompt listens to it, and clack takes none of its listeners away
  setMaxListeners(0, io.signal);
  const common = { input: io.stdin, output, signal: io.signal };
  const answered = <Value>(answer: Value | typeof clack.CANCEL_SYMBOL): Value => {
    if (!clack.isCancel(answer)) return answer;
    throw io.signal.reason instanceof Cancelled ? io.signal.reason : new Cancelled();
  };
  return {
    intro: (title) => clack.intro(title, { output }),
    outro: (text) => clack.outro(text, { output }),
    note: (text, title) => clack.note(text, title, { output }),
    warn: (text) => clack.log.warn(text, { output }),
    async text({ message, placeholder = '', usual = '', initial = '', validate }) {
      const fields = { placeholder: usual || placeholder, defaultValue: usual, initialValue: initial };
      // clack hands an empty field over as undefined
      const check = (text: string | undefined) => validate(text ?? '');
      return answered(await clack.text({ ...common, message, ...fields, validate: check })) ?? '';
    },
    async password({ message, validate, severalLines }) {
      const line = oneLineInput(io.stdin);
      const check = (text: string | undefined) => (line.tookSeveral() ? severalLines : validate(text ?? ''));
      const asked = { ...common, input: line.input, message, clearOnError: true, validate: check };
      try {
        return new Secret(answered(await clack.password(asked)) ?? '');
      } finally {
        line.close();
      }
    },
    async select(message, choices, initial) {
      const from = initial === undefined ? {} : { initialValue: initial };
      return answered(await clack.select({ ...common, message, options: choices.map(option), ...from }));
    },
    async selectOrBack(message, choices) {
      const lastKey = watchKeys(io.stdin);
      const answer = await clack.select({ ...common, message, options: choices.map(option) });
      return lastKey() === 'escape' && !io.signal.aborted && clack.isCancel(answer) ? undefined : answered(answer);
    },
    async multiselect(message, choices, initial) {
      const options = choices.map(option);
      return answered(
        await clack.multiselect({ ...common, message, options, initialValues: [...initial], required: false }),
      );
    },
  };
}

/** clack tells Esc and Ctrl-C by one sign. @returns ends the watch, and gives the last key's name */
function watchKeys(input: InputStream): () => string | undefined {
  let name: string | undefined;
  const listener = (_text: string | undefined, key: { name?: string }) => {
    name = key.name;
  };
  input.on('keypress', listener);
  return () => {
    input.off('keypress', listener);
    return name;
  };
}

function option({ value, label, hint }: Choice) {
  return { value, label, hint };
}
