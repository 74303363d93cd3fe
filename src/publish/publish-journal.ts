import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { ExpectedError } from '../errors.ts';
import { syncFolder } from '../secrets/sync-folder.ts';
import { isSystemError, reasonOf } from '../tree/system-error.ts';

const entry = v.strictObject({
  /** `intent`: it was about to be done, and may have been. */
  state: v.picklist(['intent', 'done']),
  /** What the provider calls what was made, or is to call what is about to be. */
  id: v.optional(v.string()),
});

const journal = v.strictObject({
  formatVersion: v.literal(1),
  host: v.string(),
  repository: v.string(),
  steps: v.record(v.string(), entry),
});

type Text = v.InferOutput<typeof journal>;

/**
 * What was done at a provider from this folder, kept in git's own folder and never committed. It holds no secret, and
 * nothing is believed for its sake: every run looks at the provider again. It tells only what is ours, so that a
 * repository that we made may be waited for, and a token that we lost be replaced.
 */
export interface PublishJournal {
  /** Whether a step was begun by us, now or in an earlier run. */
  hasBegun(step: string): boolean;
  isDone(step: string): boolean;
  /** What the provider calls, or was to call, what the step made. */
  idOf(step: string): string | undefined;
  /** Before the request. On the disk when it resolves. */
  intend(step: string, id?: string): Promise<void>;
  /** After it. */
  complete(step: string, id?: string): Promise<void>;
}

/**
 * @param about another host or repository than before begins anew; so does what cannot be read
 * @returns whose notes throw ExpectedError `state-unwritable`
 */
export async function openJournal(path: string, about: { host: string; repository: string }): Promise<PublishJournal> {
  const before = await readJournal(path);
  const isSame = before?.host === about.host && before.repository === about.repository;
  const text: Text = before !== undefined && isSame ? before : { formatVersion: 1, ...about, steps: {} };
  const note = async (step: string, state: 'intent' | 'done', id: string | undefined) => {
    text.steps[step] = { state, ...(id !== undefined && { id }) };
    await replaceFile(path, `${JSON.stringify(text, undefined, 2)}\n`).catch(explain);
  };
  return {
    hasBegun: (step) => text.steps[step] !== undefined,
    isDone: (step) => text.steps[step]?.state === 'done',
    idOf: (step) => text.steps[step]?.id,
    intend: (step, id) => note(step, 'intent', id),
    complete: (step, id) => note(step, 'done', id),
  };
}

async function readJournal(path: string): Promise<Text | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return v.parse(journal, JSON.parse(text));
  } catch {
    return undefined;
  }
}

function explain(error: unknown): never {
  if (!isSystemError(error)) throw error;
  throw new ExpectedError({
    code: 'state-unwritable',
    exitCode: 1,
    message: `cannot note what is about to be done: ${reasonOf(error)}`,
    why: ['It is kept in .git/create-flux-repo, and nothing is done that was not noted.'],
    hint: 'Make the .git folder writable, then run the same command again.',
  });
}

/** Whole or not at all, also when the process is killed. */
async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  const file = await open(part, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  await syncFolder(dirname(path));
}
