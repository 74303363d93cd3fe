import type { EncryptionRule } from '../format/encryption-rule.ts';
import type { GoRegExp } from '../format/go-regexp.ts';

/** A repository's `.sops.yaml`: who may read which new file, and what of it is encrypted. */
export interface SopsConfig {
  /** As shown to the user. */
  file: string;
  /** In the file's order: the first that fits counts. */
  rules: CreationRule[];
  /** Spaces a level that SOPS writes (`stores.yaml.indent`). */
  indent: number | undefined;
}

/** One entry of `creation_rules`. */
export interface CreationRule {
  /** Where it stands, from 1. */
  line: number;
  column: number;
  pathRegex: string | undefined;
  /** Whether it is for a file, given its path from the folder of `.sops.yaml`. Without `path_regex` it is for every file. */
  isFor: GoRegExp;
  recipients: RuleRecipient[];
  /** Kinds of keys other than age that files of this rule are encrypted for (`pgp`, `kms` …). */
  foreign: string[];
  encryption: EncryptionRule;
  macOnlyEncrypted: boolean;
  /** Above 1 the data key is split (Shamir), which only sops can do. */
  keyGroups: number;
}

/** A public key in a rule. */
export interface RuleRecipient {
  recipient: string;
  /** The comment on its line, which by our own convention says whose it is. */
  comment: string | undefined;
  line: number;
  column: number;
}
