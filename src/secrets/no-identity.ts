import { ExpectedError } from '../errors.ts';
import type { FoundIdentities } from './find-identities.ts';
import { shownRecipient } from './format/data-key.ts';

/** A file that none of the keys at hand opens, and who could. */
export interface UnopenedFile {
  /** As shown to people. */
  file: string;
  /** Public keys it is encrypted for. */
  recipients: readonly string[];
  /** Recipient -> whose it is, as `recipientNames` has it. */
  names: ReadonlyMap<string, string>;
  found: FoundIdentities;
}

/** The error `no-identity`: who could open the file, what was tried, what could not be used, and where to put a key. */
export function noIdentity({ file, recipients, names, found }: UnopenedFile): ExpectedError {
  const nameOf = (recipient: string) => names.get(recipient) ?? shownRecipient(recipient);
  const tried = found.identities.map(({ recipient, source }) => `${nameOf(recipient)} (${source})`);
  return new ExpectedError({
    code: 'no-identity',
    exitCode: 1,
    message: `cannot decrypt ${file}: ${tried.length === 0 ? 'no private key is at hand' : 'no private key at hand fits'}`,
    why: [
      `It can be opened by: ${[...new Set(recipients.map(nameOf))].join(', ')}.`,
      ...(tried.length === 0 ? [] : [`At hand are: ${tried.join(', ')}.`]),
    ],
    hint: 'Say where the keys are: --keys-dir DIR (or FLUX_REPO_KEYS_DIR); SOPS_AGE_KEY_FILE and SOPS_AGE_KEY are read too.',
    problems: found.warnings.map((problem) =>
      problem.rule === 'keys/unusable' ? { ...problem, severity: 'error' } : problem,
    ),
  });
}
