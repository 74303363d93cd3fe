import type { ModelEdit } from '../model/edit-model.ts';
import type { Model } from '../model/model.ts';
import type { UnitMap } from '../model/units.ts';
import type { Choice, Prompt } from './question.ts';

/** What `add` can add in this version. */
export const nouns = ['cluster', 'environment', 'app', 'component', 'team', 'notification'] as const;
export type Noun = (typeof nouns)[number];

/** What was said about a new unit: texts by question, as a person types them. */
export type SaidOfUnit = Readonly<Record<string, readonly string[]>>;

/** One thing `add` wants to know: flag, `--help` line, prompt, default and the flag in printed commands. */
export interface AddQuestion {
  /** `name` is the argument. */
  id: string;
  /** As commander wants it; absent for the argument, and for what only a prompt asks. */
  flag?: string;
  /** Where the unit's entry in the model has the answer, if not under `id`. */
  inModel?: readonly string[];
  /** For `--help`, and for an answer that is missing. */
  about: string;
  isRepeatable?: true;
  /** In a file it may be written without quotes. */
  isNumber?: true;
  /** Absent when it is never asked. */
  prompt?: Prompt;
  choices?(model: Model, said: SaidOfUnit): Choice[];
  /** False when the answers so far make the question pointless. */
  applies?(said: SaidOfUnit, model: Model): boolean;
  /** What is wrong with the texts themselves; the model's schema judges the rest. */
  faults?(texts: readonly string[], model: Model): string[];
  /** Why texts are probably secrets: they are not repeated anywhere. */
  mustBeNames?(texts: readonly string[]): readonly string[];
  /** What is taken when nobody says; undefined when somebody must, an empty list for nothing at all. */
  usual(said: SaidOfUnit, model: Model): readonly string[] | undefined;
  /** What a person must know when they did not say it and the usual answer was taken. */
  usualNote?(text: string): string;
  /** Stands for the answer while others are judged, and in examples. */
  example?: string;
}

/** All about one noun. */
export interface Addable {
  noun: Noun;
  map: UnitMap;
  /** For `--help`. */
  about: string;
  questions: readonly AddQuestion[];
  /** What was probably meant, when an answer is missing. */
  guess?(said: SaidOfUnit): SaidOfUnit | undefined;
  /** The file that some answers are from: printed commands name it again. */
  file?: { path: string; said: SaidOfUnit };
  /** What was probably meant by answers that are refused. */
  corrected?(said: SaidOfUnit): SaidOfUnit | undefined;
  /** The answers under a name that is free, where one of the same is there already. */
  another?(said: SaidOfUnit): SaidOfUnit;
  /** Why answers exclude each other. */
  contradictions?(said: SaidOfUnit): string[];
  /** What becomes of the model. `said` is complete. */
  edits(said: SaidOfUnit, model: Model): ModelEdit[];
}

/** The first text of an answer. */
export function firstOf(said: SaidOfUnit, id: string): string | undefined {
  return said[id]?.[0];
}

/** Why a text names no environment of the model. */
export function environmentFaults([name = '']: readonly string[], { environments }: Model): string[] {
  return Object.hasOwn(environments, name) ? [] : [`environment "${name}" does not exist`];
}

export const nameQuestion = (message: string, example: string): AddQuestion => ({
  id: 'name',
  about: 'its name: lower-case letters, digits and "-"',
  prompt: { kind: 'text', message, placeholder: `for example ${example}` },
  usual: () => undefined,
  example,
});
