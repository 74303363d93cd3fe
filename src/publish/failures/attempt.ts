import { Cancelled } from '../../errors.ts';
import { type FailureFacts, ProviderError } from '../failure.ts';
import { HttpFault } from '../http/http-fault.ts';
import { HttpRefusal } from '../http/http-refusal.ts';
import type { HttpAnswer } from '../http/send-once.ts';
import { askedWait } from '../http/waiting.ts';
import type { Server } from '../server.ts';
import type { Cause, Refusal, Tried } from './cause.ts';
import { firstCauses, lastCauses } from './common-causes.ts';
import { giteaCauses } from './gitea-causes.ts';
import { githubCauses } from './github-causes.ts';
import { gitlabCauses } from './gitlab-causes.ts';
import { networkFailure } from './network-failure.ts';
import { serverWords } from './server-words.ts';

const causes: Readonly<Record<Server['kind'], readonly Cause[]>> = {
  github: [...firstCauses, ...githubCauses, ...lastCauses],
  gitlab: [...firstCauses, ...gitlabCauses, ...lastCauses],
  gitea: [...firstCauses, ...giteaCauses, ...lastCauses],
};

/**
 * The edge of every adapter: what its client throws comes out as a ProviderError of ours. Whatever else the client's
 * error holds (the request, its headers) stays here.
 *
 * @throws ProviderError, Cancelled; anything else is a mistake of ours, without a `cause`
 */
export async function attempt<Result>(server: Server, tried: Tried, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    throw explained(origin(thrown), server, tried);
  }
}

/** As `attempt`, and undefined for what is not there or not visible. */
export async function attemptToFind<Result>(
  server: Server,
  tried: Tried,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  return attempt(server, tried, work).catch((error: unknown) => {
    if (error instanceof ProviderError && error.facts.status === 404 && absent.has(error.code)) return undefined;
    throw error;
  });
}

/** A 404 that says no more than that. */
const absent: ReadonlySet<string> = new Set(['not-visible', 'auth-pending', 'key-needs-admin']);

/** What the door threw, out of what a client has made of it. */
function origin(thrown: unknown): unknown {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const isOurs = [HttpFault, HttpRefusal, Cancelled, ProviderError].some((kind) => cause instanceof kind);
  return isOurs ? cause : thrown;
}

function explained(error: unknown, server: Server, tried: Tried): Error {
  if (error instanceof HttpRefusal) return new ProviderError(factsOf(error.answer, server, tried));
  if (error instanceof Cancelled || error instanceof ProviderError) return error;
  if (error instanceof HttpFault) {
    const { code, summary, likely, hint } = networkFailure(error, server);
    const message = `cannot ${tried.words} on ${server.host}: ${summary}`;
    return new ProviderError({ code, step: tried.step, message, why: likely, hint, status: error.status });
  }
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Error(server.redact(`${tried.words} on ${server.host}: ${words}`));
}

function factsOf(answer: HttpAnswer, server: Server, tried: Tried): FailureFacts {
  const words = serverWords(answer.text, server.redact);
  const refusal: Refusal = { status: answer.status, headers: answer.headers, words };
  // The last row fits everything.
  const cause = causes[server.kind].find((each) => each.fits(refusal, tried, server)) as Cause;
  const { summary, likely, hint, fixUrl } = cause.tell(refusal, tried, server);
  return {
    code: cause.code,
    step: tried.step,
    message: `cannot ${tried.words} on ${server.host}: ${summary}`,
    why: [`The server said ${answer.status}${words === '' ? '' : `: ${words}`}`, ...likely].map(server.redact),
    hint,
    status: answer.status,
    serverMessage: words === '' ? undefined : words,
    retryAfter: cause.code === 'rate-limit' ? askedWait(answer) : undefined,
    fixUrl,
    requestId: answer.headers.get('x-github-request-id') ?? answer.headers.get('x-request-id') ?? undefined,
  };
}
