import { setTimeout } from 'node:timers/promises';
import { ProviderError } from './failure.ts';
import type { KeyPlace } from './publishing.ts';

/** Milliseconds between tries: providers tell of a new repository before all of their machines know it. */
const pauses = [500, 1000, 2000, 4000, 8000, 14_500];

/** Milliseconds after its creation in which a repository may not be known everywhere. */
export const newness = 30_000;

/** What a server says of a repository that not all of it knows yet. */
const unknown: ReadonlySet<string> = new Set(['not-visible', 'auth-pending', 'key-needs-admin']);

/**
 * Does something in a repository that we made just now, and again while it is not to be seen. In any other repository a
 * 404 is an answer like others.
 *
 * @throws what the work throws
 */
export async function waitForNew<Result>(
  { found, git: { call } }: Pick<KeyPlace, 'found' | 'git'>,
  work: () => Promise<Result>,
): Promise<Result> {
  for (const pause of pauses) {
    if (Date.now() + pause > found.newUntil) break;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ProviderError && unknown.has(error.code))) throw error;
    }
    await setTimeout(pause, undefined, { ...(call.signal && { signal: call.signal }) }).catch(() => undefined);
    call.signal?.throwIfAborted();
  }
  return work();
}
