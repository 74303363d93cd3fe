import { inspect } from 'node:util';

const redacted = '[redacted]';

/**
 * A text that must not be seen: a private key, a password. However it is printed, joined, serialised or logged it
 * reads `[redacted]`; only `reveal` gives it back. The value is a true private field, which spreading,
 * `structuredClone` and `console.dir` do not reach either.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. Keep what it returns short-lived: a string cannot be wiped from memory. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
