import type { Secret } from '../../secrets/secret.ts';
import { HttpFault } from './http-fault.ts';
import { type HttpAnswer, type HttpRequest, type Network, sendOnce } from './send-once.ts';
import { askedWait, backoff, longestWait, pause } from './waiting.ts';

/** What a door needs to know. */
export interface DoorSettings {
  /** Where the API is. The token goes to this origin only. */
  base: URL;
  /** Undefined: ask as nobody. */
  token: Secret | undefined;
  /** `Bearer` or `token`. */
  scheme: string;
  network: Network;
  signal: AbortSignal;
  /** Milliseconds that a write gets to end when the signal aborts. */
  grace?: number;
}

/** Sends a request; its answer has any status but a redirect. @throws HttpFault, Cancelled */
export type Door = (request: HttpRequest) => Promise<HttpAnswer>;

/** Tries of a read, all in all. */
const tries = 4;
const hops = 3;

/**
 * The only way to a provider's API. The token is added here, so that nothing above has it in a request, an error or a
 * log. Reads are tried again when the server stumbles, writes never; redirects are followed by reads and within one
 * origin: elsewhere they would carry the token, and a redirected POST would arrive as GET.
 */
export function openDoor(settings: DoorSettings): Door {
  return async (request) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead) return expectJson(refuseRedirect(await written(request, settings), request));
    let { url } = request;
    for (let hop = 0; hop <= hops; hop++) {
      const answer = await read({ ...request, url }, settings);
      const target = redirectTarget(answer, url);
      if (target === undefined) return expectJson(answer);
      if (target.origin !== settings.base.origin) throw new HttpFault('redirected', shown(target), answer.status);
      url = target;
    }
    throw new HttpFault('redirected', 'in a circle');
  };
}

async function read(request: HttpRequest, settings: DoorSettings): Promise<HttpAnswer> {
  let waited = 0;
  for (let attempt = 0; ; attempt++) {
    const isLast = attempt === tries - 1;
    const outcome = await signed(request, settings, settings.signal).catch((error: unknown) => {
      if (isLast || !(error instanceof HttpFault) || !['lost', 'timeout'].includes(error.kind)) throw error;
      return error;
    });
    const asked = outcome instanceof HttpFault ? undefined : askedWait(outcome);
    const isStumble = outcome instanceof HttpFault || outcome.status >= 500 || asked !== undefined;
    const wait = asked ?? backoff(attempt);
    const answer = outcome instanceof HttpFault ? undefined : outcome;
    if (answer !== undefined && (!isStumble || answer.status < 400 || isLast || waited + wait > longestWait))
      return answer;
    waited += wait;
    await pause(wait, settings.signal);
  }
}

function signed(
  request: HttpRequest,
  { base, token, scheme, network }: DoorSettings,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  if (request.url.origin !== base.origin) throw new HttpFault('redirected', shown(request.url));
  const authorization = token && { authorization: `${scheme} ${token.reveal()}` };
  const length = request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) };
  return sendOnce({ ...request, headers: { ...request.headers, ...length, ...authorization } }, network, signal);
}

/** When the person stops us it still gets some time: what a server has begun to write is better known to be done or not. */
async function written(request: HttpRequest, settings: DoorSettings): Promise<HttpAnswer> {
  const { signal, grace = 5000 } = settings;
  signal.throwIfAborted();
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => {
    timer = setTimeout(() => controller.abort(signal.reason), grace);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await signed(request, settings, controller.signal);
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(timer);
  }
}

function redirectTarget({ status, headers }: HttpAnswer, from: URL): URL | undefined {
  const location = headers.get('location');
  if (status < 300 || status > 399 || status === 304) return undefined;
  if (location === null || !URL.canParse(location, from.href)) throw new HttpFault('redirected', 'nowhere', status);
  return new URL(location, from.href);
}

function refuseRedirect(answer: HttpAnswer, { url }: HttpRequest): HttpAnswer {
  const target = redirectTarget(answer, url);
  if (target !== undefined) throw new HttpFault('redirected', shown(target), answer.status);
  return answer;
}

/** A page for people where a program was to answer: a wrong address, a sign-in page, a proxy's notice. */
function expectJson(answer: HttpAnswer): HttpAnswer {
  const type = answer.headers.get('content-type') ?? '';
  const isPage = /html/i.test(type) || /^\s*<(!doctype|html)/i.test(answer.text);
  if (isPage && answer.status < 500) throw new HttpFault('not-json', type, answer.status);
  if (answer.status >= 300 || answer.text.trim() === '') return answer;
  try {
    JSON.parse(answer.text);
  } catch {
    throw new HttpFault('not-json', type === '' ? 'no content type' : type, answer.status);
  }
  return answer;
}

/** Without query, user and password. */
function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
