import type { Door } from './door.ts';
import { HttpRefusal } from './http-refusal.ts';

/** As much of `fetch` as Octokit uses: https://github.com/octokit/request.js#request */
export type OctokitFetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string },
) => Promise<Response>;

/** The door in the shape of `fetch`. @throws HttpFault, HttpRefusal, Cancelled; Octokit makes them the `cause` of its own */
export function doorAsFetch(door: Door): OctokitFetch {
  return async (url, { method, headers, body }) => {
    const answer = await door({ method, url: new URL(url), headers, body });
    if (answer.status >= 400) throw new HttpRefusal(answer);
    const isEmpty = answer.status === 204 || answer.status === 304;
    return new Response(isEmpty ? null : answer.text, { status: answer.status, headers: answer.headers });
  };
}
