import type { Projects } from '@gitbeaker/core';
import { HttpRefusal } from '../http/http-refusal.ts';
import type { Server } from '../server.ts';

type RequesterFn = NonNullable<ConstructorParameters<typeof Projects>[0]['requesterFn']>;
type Requester = ReturnType<RequesterFn>;
type Options = NonNullable<Parameters<Requester['get']>[1]>;

/**
 * What gitbeaker sends its requests by: our door instead of its own. Its own tries writes again after 429 and 502,
 * hardly waits, and puts the whole request with the token into its errors.
 */
export function gitlabRequester(server: Server): RequesterFn {
  return ({ url: base }) => {
    const send = async (method: string, endpoint: string, { searchParams = {}, body }: Options = {}) => {
      const url = new URL(`${base.replace(/\/+$/, '')}/${endpoint.replace(/^\/+/, '')}`);
      for (const [name, value] of Object.entries(searchParams))
        if (value !== undefined && value !== null) url.searchParams.set(snakeCase(name), String(value));
      const fields = body === undefined || body instanceof FormData ? {} : snakeCased(body);
      const text = Object.keys(fields).length === 0 ? undefined : JSON.stringify(fields);
      const type = text === undefined ? {} : { 'content-type': 'application/json' };
      const headers = { accept: 'application/json', 'user-agent': 'create-flux-repo', ...type };
      const answer = await server.door({ method, url, headers, body: text });
      if (answer.status >= 400) throw new HttpRefusal(answer);
      const parsed = answer.text.trim() === '' ? null : JSON.parse(answer.text);
      return { body: parsed, headers: Object.fromEntries(answer.headers.entries()), status: answer.status };
    };
    return {
      get: (endpoint, options) => send('GET', endpoint, options),
      post: (endpoint, options) => send('POST', endpoint, options),
      put: (endpoint, options) => send('PUT', endpoint, options),
      patch: (endpoint, options) => send('PATCH', endpoint, options),
      delete: (endpoint, options) => send('DELETE', endpoint, options),
    };
  };
}

/** gitbeaker names options as JavaScript does, GitLab's API as Ruby does. */
function snakeCased(value: object): Record<string, unknown> {
  const pairs = Object.entries(value).map(([name, each]): [string, unknown] => [snakeCase(name), inside(each)]);
  return Object.fromEntries(pairs.filter(([, each]) => each !== undefined));
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return typeof value === 'object' && value !== null ? snakeCased(value) : value;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
