import type { FailureCode } from '../failure.ts';
import type { PublishStep } from '../provider.ts';
import type { Server } from '../server.ts';

/** What was tried, for whoever reads that it failed. */
export interface Tried {
  step: PublishStep;
  /** Goes after `cannot`: `create acme/fleet`. */
  words: string;
  /** The repository it was about: `acme/fleet`. */
  repository?: string | undefined;
  /** Something was to be made, not only read. */
  isCreation?: true;
  /** What the token needs for it, as the provider calls it: `scope repo, or Administration: write`. */
  needs: string;
}

/** An answer of 400 and above, read. */
export interface Refusal {
  status: number;
  headers: Headers;
  /** All that the server said, on one line, redacted: message, errors, descriptions. */
  words: string;
}

/** One row: a reason for which a server refuses. */
export interface Cause {
  code: FailureCode;
  fits(refusal: Refusal, tried: Tried, server: Server): boolean;
  tell(refusal: Refusal, tried: Tried, server: Server): Told;
}

/** A cause in words. */
export interface Told {
  /** Ends the message: `the token is refused`. */
  summary: string;
  /** The evidence, one fact per line. */
  likely: readonly string[];
  hint: string;
  fixUrl?: string | undefined;
}

/** Where a token is made in a browser. */
function tokenPage({ kind, web }: Pick<Server, 'kind' | 'web'>): string {
  if (kind === 'github') return `${web}/settings/tokens/new?scopes=repo,workflow&description=create-flux-repo`;
  if (kind === 'gitlab') return `${web}/-/user_settings/personal_access_tokens?name=create-flux-repo&scopes=api`;
  return `${web}/user/settings/applications`;
}

/** The one fix when a token is no good: another one, in the same place. */
export function newToken(server: Server, needs?: string): string {
  const with_ = needs === undefined ? '' : ` with ${needs}`;
  const place = /^[A-Z_]+$/.test(server.tokenFrom) ? `set ${server.tokenFrom} to it` : 'give that one';
  return `Make a token${with_} at ${tokenPage(server)}, ${place}, and run the same command again.`;
}
