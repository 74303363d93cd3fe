import { ExpectedError } from '../../errors.ts';
import { compileGoRegExp } from './go-regexp.ts';

/** The fields of a rule that decide by key, in SOPS' order. A file has one of them. */
export const ruleKinds = ['unencrypted_suffix', 'encrypted_suffix', 'unencrypted_regex', 'encrypted_regex'] as const;

/** Fields that decide by the comment above a value: known, never written, refused when met. */
export const commentRuleKinds = ['unencrypted_comment_regex', 'encrypted_comment_regex'] as const;

/** Which values of a file are encrypted. */
export interface EncryptionRule {
  kind: (typeof ruleKinds)[number];
  pattern: string;
}

/** What SOPS assumes, and writes, when nothing is said. */
export const defaultRule: EncryptionRule = { kind: 'unencrypted_suffix', pattern: '_unencrypted' };

/** Whether a value at this path is encrypted; for a comment the path of the map or list it stands in. */
export type Covers = (path: readonly (string | number)[]) => boolean;

/**
 * Makes a rule ready to ask. Any key on the way to the value decides, not only the last one.
 *
 * @param file for the error
 * @throws ExpectedError `sops-rule` when Go cannot compile the expression: SOPS would silently encrypt nothing
 */
export async function coverageOf({ kind, pattern }: EncryptionRule, file: string): Promise<Covers> {
  const isMatch = kind.endsWith('_suffix') ? (key: string) => key.endsWith(pattern) : await compileGoRegExp(pattern);
  if (isMatch === undefined)
    throw new ExpectedError({
      code: 'sops-rule',
      exitCode: 1,
      message: `cannot use the rule of ${file}: Go does not understand its ${kind}`,
      why: [`${pattern} is no regular expression of Go's; SOPS would encrypt nothing and not say so.`],
      hint: 'Look-ahead and back-references do not exist there: https://github.com/google/re2/wiki/Syntax',
    });
  const isListed: Covers = (path) => path.some((part) => typeof part === 'string' && isMatch(part));
  return kind.startsWith('un') ? (path) => !isListed(path) : isListed;
}
