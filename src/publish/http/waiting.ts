import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpAnswer } from './send-once.ts';

/** Seconds that we wait for a server in one go; what takes longer ends, to be resumed by the same command. */
export const longestWait = 60;

/**
 * Seconds that a server asks us to wait, by `Retry-After` (seconds or a date), or by GitHub's and GitLab's own headers
 * when nothing is left. Undefined when it asks for nothing; a limit without a time is a minute, as GitHub wants it:
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function askedWait({ status, headers, text }: HttpAnswer, now: number = Date.now()): number | undefined {
  const after = headers.get('retry-after');
  if (after !== null && /^\d+$/.test(after.trim())) return Number(after);
  if (after !== null && !Number.isNaN(Date.parse(after))) return secondsUntil(Date.parse(after), now);
  if (status !== 429 && status !== 403) return undefined;
  const left = headers.get('x-ratelimit-remaining') ?? headers.get('ratelimit-remaining');
  const reset = headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset');
  if (left === '0' && reset !== null && /^\d+$/.test(reset)) return secondsUntil(Number(reset) * 1000, now);
  return status === 429 || /secondary rate limit|abuse detection/i.test(text) ? longestWait : undefined;
}

/** Seconds before the next try of a read: twice as long each time, and not the same for everybody. @param attempt from 0 */
export function backoff(attempt: number): number {
  return 0.5 * 2 ** attempt * (0.75 + Math.random() / 2);
}

/** @throws what the signal was aborted with */
export async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  await sleep(seconds * 1000, undefined, { signal }).catch(() => {
    throw signal.reason;
  });
}

function secondsUntil(time: number, now: number): number {
  return Math.max(0, Math.ceil((time - now) / 1000));
}
