import type { RepoPath } from '../tree/repo-path.ts';
import type { YamlAddress } from '../yaml/yaml-path.ts';
import type { UnitId } from './entry.ts';

interface ChangeOf {
  path: RepoPath;
  unit: UnitId;
}

/** Who a file belongs to, as shown in plans and `--json`. `lock` and `model` are our own bookkeeping. */
export type ShownOwnership = 'managed' | 'seed' | 'block' | 'sealed' | 'external' | 'model' | 'lock';

export interface CreateChange extends ChangeOf {
  action: 'create';
  ownership: ShownOwnership;
  after: string;
  executable?: true;
}

export interface UpdateChange extends ChangeOf {
  action: 'update';
  ownership: ShownOwnership;
  before: string;
  after: string;
  /** Why it is left where it is, though nothing generates it any more. */
  reason?: string;
  yours?: readonly ContestedValue[];
}

export interface DeleteChange extends ChangeOf {
  action: 'delete';
  ownership: ShownOwnership;
  before: string;
}

/** Nothing to write: equal already (`same`), or left as the user has it (`kept`, with the reason). */
export interface StandingChange extends ChangeOf {
  action: 'same' | 'kept';
  ownership: ShownOwnership;
  reason?: string;
  yours?: readonly ContestedValue[];
}

/** A value that the user and the model both changed. Under `yours` it belongs to the user and stays as they have it. */
export interface ContestedValue {
  /** `Deployment web`, in a file of several documents. */
  document?: string;
  /** Where in the document; empty for all of it, and in text. */
  at: YamlAddress;
  /** As text; undefined where it is absent, and where nobody knows what was generated last. */
  base: string | undefined;
  ours: string | undefined;
  theirs: string | undefined;
}

/** The user and the model both changed the same value. Nothing at all is written while one stands. */
export interface ConflictChange extends ChangeOf, ContestedValue {
  action: 'conflict';
  ownership: ShownOwnership;
}

export type Change = CreateChange | UpdateChange | DeleteChange | StandingChange | ConflictChange;
