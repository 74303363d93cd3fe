import type { Draft } from '../model/model.ts';
import type { Answers } from './answers.ts';
import type { Question, Reading } from './question.ts';
import { readDraftPart } from './read-draft-part.ts';

/** Of a question with one text for an answer, which is one value of the draft. */
export function single(
  said: (draft: Draft) => string | undefined,
  part: (text: string) => unknown,
): Pick<Question, 'texts' | 'read'> {
  return {
    texts: ({ draft }: Answers) => textOf(said(draft)),
    read: (texts: readonly string[], answers: Answers): Reading => readDraftPart(part(texts[0] ?? ''), answers),
  };
}

/** One text as an answer; nothing said is no answer. */
export function textOf(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : [text];
}
