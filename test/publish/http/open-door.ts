import { onTestFinished } from 'vitest';
import { type Door, type DoorSettings, openDoor } from '../../../src/publish/http/door.ts';
import { HttpFault } from '../../../src/publish/http/http-fault.ts';
import type { HttpAnswer } from '../../../src/publish/http/send-once.ts';
import { Secret } from '../../../src/secrets/secret.ts';
import { type Answer, type Certificate, loopbackServer, type Received } from './loopback-server.ts';

export const token = 'ghp_nobodyMayEverSeeThis0123456789';

interface Opening {
  ca?: string[];
  env?: Record<string, string>;
  certificate?: Certificate;
  patience?: Partial<DoorSettings['network']['patience']>;
  signal?: AbortSignal;
  grace?: number;
}

/** A server that answers as told, and a door to it; both go when the test ends. */
export async function openDoorTo(
  answer: (request: Received, index: number) => Answer | Promise<Answer>,
  { ca, env = {}, certificate, patience, signal = new AbortController().signal, grace = 200 }: Opening = {},
) {
  const server = await loopbackServer(answer, certificate);
  onTestFinished(server.close);
  const door = doorTo(server.url, { ca, env, signal, grace, ...(patience && { patience }) });
  return { server, door, ask: asking(door, server.url) };
}

export function doorTo(
  url: string,
  {
    ca,
    env = {},
    signal = new AbortController().signal,
    grace = 200,
    patience,
  }: Omit<Opening, 'ca'> & { ca?: string[] | undefined },
): Door {
  const network = { env, ca, patience: { idle: 2000, total: 4000, bytes: 100_000, ...patience } };
  return openDoor({ base: new URL(url), token: new Secret(token), scheme: 'Bearer', network, signal, grace });
}

/** Sends one request by a door. */
export function asking(door: Door, base: string) {
  return (method: string, path: string, body?: unknown): Promise<HttpAnswer> =>
    door({
      method,
      url: new URL(path, base),
      headers: {},
      body: body === undefined ? undefined : JSON.stringify(body),
    });
}

/** The fault that a request ended with. */
export async function faultOf(work: Promise<unknown>): Promise<HttpFault> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof HttpFault) return error;
  throw error ?? new Error('it succeeded');
}
