import type { DeclaredSecret } from '../../model/declared-secrets.ts';
import type { Model } from '../../model/model.ts';
import type { SecretStrategy } from '../../model/secret-strategies.ts';
import type { Problem } from '../../problem.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import type { SecretValues } from '../values/secret-value.ts';

/** One Secret to be kept, with all its values. */
export interface SecretRequest {
  declared: DeclaredSecret;
  values: SecretValues;
}

/** What a strategy may look at. */
export interface StrategyContext {
  model: Model;
  now: Date;
  /** A file of the repository; undefined when it is not there. */
  read(path: RepoPath): string | undefined;
}

/** A file with ciphertext, and what a person should know about it. */
export interface SealedFile {
  path: RepoPath;
  text: string;
  notes: readonly string[];
  warnings: readonly Problem[];
}

/** Something a person has to do outside of the repository before a Secret is in its clusters. */
export interface ChecklistItem {
  text: string;
  commands: readonly string[];
}

/**
 * How Secrets are kept. Whoever has or makes a credential asks the repository's strategy for its file and its checklist,
 * and looks at nothing else of it.
 */
export interface StrategyRow {
  id: SecretStrategy;
  /**
   * Seals values for the repository; undefined where they do not pass through it: then only the names of the keys are
   * declared, and a file, if there is one, follows from the model.
   *
   * @throws ExpectedError when the values cannot be sealed; none is in it
   */
  seal?(request: SecretRequest, context: StrategyContext): Promise<SealedFile>;
  /** What is left to do for one Secret; empty when Flux does everything. */
  checklist(declared: DeclaredSecret, model: Model): readonly ChecklistItem[];
}
