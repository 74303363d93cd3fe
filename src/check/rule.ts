import type { RepoPath } from '../tree/repo-path.ts';
import type { YamlOperation } from '../yaml/yaml-operation.ts';
import type { CheckedRepository } from './checked-repository.ts';
import type { Place } from './source-files.ts';

export type Severity = 'error' | 'warning' | 'info';

/**
 * One thing that can be wrong. Each is a file of `rules/` and a row of `rules.ts`; nothing else knows its name.
 * Severity: *error* for whatever makes a build, admission or reconciliation fail, leaks a secret or makes two owners.
 */
export interface Rule {
  /** `group/name`, stable: people ignore rules by it. */
  id: string;
  severity: Severity;
  /** What a command leaves for a person to do next, and says so: no reason to refuse its plan. */
  isNextStep?: true;
  /** One sentence: what happens in the cluster. */
  why: string;
  /** One sentence: what to do. */
  fix: string;
  find(repository: CheckedRepository): Iterable<Finding>;
}

/** One place where a rule is broken. */
export interface Finding {
  /** What is wrong, one line, with the names of this case; no value of a Secret. */
  message: string;
  /** The best place for a person to change something. */
  at: Place;
  /** `Kind/namespace/name`. */
  object?: string;
  /** Where in the object, or what of it: tells findings of one object apart when lines move. Default: the message. */
  key?: string;
  /** What others like it may come of too, such as an object that is missing. One more of them is nobody's new mistake. */
  cause?: string;
  /** What to do about this case; default: the rule's `fix`. */
  hint?: string;
  /** The cluster it is found on; equal findings of several are told once. */
  cluster?: string;
  /** When this case is milder than the rule. */
  severity?: Severity;
  fix?: Fix;
  /** Of a file that is not there: the one where a comment ignores this, which names the file. */
  ignoredIn?: RepoPath;
}

/** A change that `--fix` may make without asking what was meant. */
export interface Fix {
  file: RepoPath;
  operations: readonly YamlOperation[];
}
