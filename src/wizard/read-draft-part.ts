import * as v from 'valibot';
import { draftSchema } from '../model/model.ts';
import { type Answers, mergeDraft } from './answers.ts';
import type { Reading } from './question.ts';

/** Holds what was said against the schema of `flux-repo.yaml`, the one that files are held against too. */
export function readDraftPart(part: unknown, answers: Answers): Reading {
  const result = v.safeParse(draftSchema, part);
  if (result.success) return { answers: { ...answers, draft: mergeDraft(answers.draft, result.output) } };
  const messages = new Set(result.issues.map(placed));
  return { faults: [...messages].map((message) => ({ message })) };
}

/** A fault of one of several named things says of which: `"web": image "{{x}}" must be …`. */
function placed({ message, path }: v.BaseIssue<unknown>): string {
  const [, name, setting] = path?.map(({ key }) => String(key)) ?? [];
  const value = path?.[2]?.value;
  // an environment that nobody gave has the cluster's name, and the same fault
  if (name === undefined || setting === undefined || value === name) return message;
  const isNamed = message.startsWith('"') || typeof value !== 'string';
  return `"${name}": ${setting} ${isNamed ? '' : `"${value}" `}${message}`;
}
