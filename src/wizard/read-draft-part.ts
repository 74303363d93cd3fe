import * as v from 'valibot';
import { draftSchema } from '../model/model.ts';
import { type Answers, mergeDraft } from './answers.ts';
import type { Reading } from './question.ts';

/** Holds what was said against the schema of `flux-repo.yaml`, the one that files are held against too. */
export function readDraftPart(part: unknown, answers: Answers): Reading {
  const result = v.safeParse(draftSchema, part);
  if (result.success) return { answers: { ...answers, draft: mergeDraft(answers.draft, result.output) } };
  const messages = new Set(result.issues.map((issue) => issue.message));
  return { faults: [...messages].map((message) => ({ message })) };
}
