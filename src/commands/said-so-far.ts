import type { CreateOptions } from '../cli/create-command.ts';
import type { Io } from '../cli/io.ts';
import type { Problem } from '../problem.ts';
import type { Answers } from '../wizard/answers.ts';
import { takeFlags } from '../wizard/resolve.ts';
import type { AnswersFile } from './answers-file.ts';

export interface SaidSoFar {
  answers: Answers;
  /** What was said and cannot be used. */
  problems: readonly Problem[];
  file: AnswersFile | undefined;
}

/** What `--config` and, on top of it, the flags say. @throws ExpectedError (exit 2) for a file that cannot be used */
export async function saidSoFar(io: Io, options: CreateOptions): Promise<SaidSoFar> {
  const file = options.config === undefined ? undefined : await readFile(io, options.config);
  const { answers, problems } = takeFlags(options.given, file?.answers ?? { draft: {} });
  return { answers: options.noGit ? { ...answers, git: false } : answers, problems, file };
}

/** Loaded only when it is asked for: a YAML parser takes its time. */
async function readFile(io: Io, path: string): Promise<AnswersFile> {
  const { readAnswersFile } = await import('./answers-file.ts');
  return readAnswersFile(io, path);
}
