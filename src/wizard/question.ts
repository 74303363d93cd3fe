import type { Answers } from './answers.ts';

export interface Choice {
  value: string;
  label: string;
  /** One line: when to choose it. */
  hint: string;
}

export type Prompt =
  | { kind: 'text'; message: string; placeholder?: string }
  | { kind: 'select'; message: string }
  /** `choices`: what is offered of an answer that can say more than that. */
  | { kind: 'multiselect'; message: string; choices?: readonly Choice[] };

export interface Fault {
  message: string;
  hint?: string;
}

export type Reading = { answers: Answers } | { faults: readonly Fault[] };

/** What a default may depend on, besides other answers. */
export interface Surroundings {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  platform: NodeJS.Platform;
}

export type Group = 'Repository' | 'Contents' | 'Secrets';

/**
 * One thing `create` wants to know: flag, `--help` line, prompt, default, review line and the flag in the printed
 * command are all made of this row. An answer passes through it as the texts a person would type after the flag,
 * so that flags, prompts and files cannot come to mean different things.
 */
export interface Question {
  id: string;
  /** In the review. */
  title: string;
  group: Group;
  /** As commander wants it; absent for the folder, which is the argument. */
  flag?: string;
  /** For `--help`. */
  about: string;
  isRepeatable?: true;
  /** All possible values, where they can be listed. */
  choices?: readonly Choice[];
  prompt: Prompt;
  /** Asked by itself; the others have a default and are reached by changing an answer. */
  isAsked(answers: Answers): boolean;
  /** False when the answers so far make the question pointless. */
  applies?(answers: Answers): boolean;
  /** Why a flag that is given all the same is refused; without it such a flag does no harm. */
  pointless?: string;
  /** Questions whose answer this one depends on: when they change, it is asked again, or forgotten. */
  dependsOn?: readonly string[];
  forget?(answers: Answers): Answers;
  /** What has been said, as texts; undefined when nothing has. */
  texts(answers: Answers): readonly string[] | undefined;
  /** Takes texts; the faults name neither flag nor file. */
  read(texts: readonly string[], answers: Answers): Reading;
  /** What is taken when nobody says; undefined when somebody must. */
  usual(answers: Answers, surroundings: Surroundings): readonly string[] | undefined;
  /** What is said instead of the fault when it is the default that cannot be used: nobody has given the flag. */
  unfitUsual?(texts: readonly string[], fault: Fault): Fault;
  /** Stands for the answer in a printed example when there is no default. */
  example?: string;
}

export function appliesTo(question: Question, answers: Answers): boolean {
  return question.applies?.(answers) ?? true;
}

/** `--cluster` of `--cluster <name>`; the folder's argument for the one question without a flag. */
export function flagName(question: Question): string {
  return question.flag?.split(' ')[0] ?? '[dir]';
}
