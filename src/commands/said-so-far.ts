import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import type { Io } from '../cli/io.ts';
import type { CreateOptions } from '../cli/parse-arguments.ts';
import { usageError } from '../errors.ts';
import type { Problem } from '../problem.ts';
import { isSystemError, reasonOf } from '../tree/system-error.ts';
import type { Answers } from '../wizard/answers.ts';
import type { FromFile } from '../wizard/equivalent-command.ts';
import { takeFlags } from '../wizard/resolve.ts';

export interface SaidSoFar {
  answers: Answers;
  /** What was said and cannot be used. */
  problems: readonly Problem[];
  file: FromFile | undefined;
}

/** What `--config` and, on top of it, the flags say. @throws ExpectedError (exit 2) for a file that cannot be used */
export async function saidSoFar(io: Io, options: CreateOptions): Promise<SaidSoFar> {
  const file = options.config === undefined ? undefined : await readAnswersFile(io, options.config);
  const { answers, problems } = takeFlags(options.given, file?.answers ?? { draft: {} });
  return { answers: options.noGit ? { ...answers, git: false } : answers, problems, file };
}

async function readAnswersFile(io: Io, path: string): Promise<FromFile> {
  const { readDraft } = await import('../model/read-model.ts');
  const text = path === '-' ? await textOf(io.stdin) : await readText(resolve(io.cwd, path), path);
  return { path, answers: { draft: readDraft({ text, file: path === '-' ? 'stdin' : path }) } };
}

async function readText(absolute: string, path: string): Promise<string> {
  try {
    return await readFile(absolute, 'utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw usageError(`cannot read the answers in ${path}`, {
      code: 'config-unreadable',
      why: [reasonOf(error)],
      hint: 'name a file with answers, as a flux-repo.yaml without id, or - for stdin',
    });
  }
}
