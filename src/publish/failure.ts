import { ExpectedError } from '../errors.ts';
import type { PublishStep } from './provider.ts';

/**
 * What can go wrong at a provider. They are `error.code` of the JSON contract, so a word here is never given another
 * meaning. What tells one from the other is in `failures/`.
 */
export type FailureCode =
  | 'auth-missing'
  | 'auth-invalid'
  | 'auth-scope'
  | 'auth-sso'
  | 'auth-pat-policy'
  | 'auth-pending'
  | 'auth-expiring'
  | 'not-visible'
  | 'namespace-not-found'
  | 'owner-mismatch'
  | 'repository-exists'
  | 'repository-name-taken'
  | 'repository-name-changed'
  | 'repository-moved'
  | 'repository-archived'
  | 'repository-barred'
  | 'repository-differs'
  | 'repository-diverged'
  | 'branch-protected'
  | 'no-first-push'
  | 'workflow-scope'
  | 'key-in-use'
  | 'key-disabled'
  | 'key-needs-admin'
  | 'plan-limit'
  | 'hook-refused'
  | 'pull-refused'
  | 'rate-limit'
  | 'network-tls'
  | 'network-dns'
  | 'network-proxy'
  | 'network-refused'
  | 'network-timeout'
  | 'wrong-base-url'
  | 'redirected'
  | 'answer-too-long'
  | 'provider-failed'
  | 'provider-refused';

/** What is known of a failure. Texts are redacted already, hold no secret and are one line each. */
export interface FailureFacts {
  code: FailureCode;
  /** What was being done when it failed. */
  step: PublishStep;
  /** What we could not do, and where: `cannot create acme/fleet on github.com: …`. */
  message: string;
  /** What the server said, the likely cause and the evidence that picked it; one fact per line. */
  why: readonly string[];
  /** The one thing that puts it right. */
  hint: string;
  /** HTTP status, where there was an answer. */
  status?: number | undefined;
  /** The server's own words. */
  serverMessage?: string | undefined;
  /** Seconds after which the server would listen again. */
  retryAfter?: number | undefined;
  /** Where a person puts it right in a browser. */
  fixUrl?: string | undefined;
  /** What the provider's support asks for. */
  requestId?: string | undefined;
}

/** The only error that leaves an adapter. It has no `cause`: a client's error may carry the request, and that the token. */
export class ProviderError extends ExpectedError {
  declare readonly code: FailureCode;
  readonly facts: FailureFacts;

  constructor(facts: FailureFacts) {
    super({ code: facts.code, exitCode: 1, message: facts.message, why: facts.why, hint: facts.hint });
    this.facts = facts;
  }
}

const final: ReadonlySet<FailureCode> = new Set<FailureCode>([
  ...(['auth-invalid', 'rate-limit', 'wrong-base-url', 'redirected'] as const),
]);

/** Whether nothing else can be asked: a refused token is not sent again, and an unreachable server stays so. */
export function isFinal({ code }: Pick<FailureFacts, 'code'>): boolean {
  return final.has(code) || code.startsWith('network-');
}

/** @param done titles of what is done already, in order; none when nothing was changed */
export function withDone(error: ExpectedError, done: readonly string[]): ExpectedError {
  const soFar = done.length === 0 ? 'Nothing was changed there.' : `Done already: ${done.join(', ')}.`;
  if (error instanceof ProviderError) return new ProviderError({ ...error.facts, why: [...error.facts.why, soFar] });
  const { code, exitCode, message, why, hint, problems } = error;
  return new ExpectedError({
    ...{ code, exitCode, message, why: [...why, soFar], problems },
    ...(hint !== undefined && { hint }),
  });
}

/** Without what only the caller knows to be secret. */
export function redactedBy({ facts }: ProviderError, redact: (text: string) => string): ProviderError {
  const { message, why, hint, serverMessage } = facts;
  return new ProviderError({
    ...facts,
    message: redact(message),
    why: why.map(redact),
    hint: redact(hint),
    serverMessage: serverMessage === undefined ? undefined : redact(serverMessage),
  });
}
