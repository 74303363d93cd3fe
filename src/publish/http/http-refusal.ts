import type { HttpAnswer } from './send-once.ts';

/** An answer of 400 and above: the server understood, and will not or cannot. It may hold anything; it is never shown whole. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly answer: HttpAnswer;

  constructor(answer: HttpAnswer) {
    super(`HTTP ${answer.status}`);
    this.answer = answer;
  }
}
