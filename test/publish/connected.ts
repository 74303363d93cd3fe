import { onTestFinished } from 'vitest';
import { connectProvider } from '../../src/publish/connect-provider.ts';
import { ProviderError } from '../../src/publish/failure.ts';
import type { Provider, Repository } from '../../src/publish/provider.ts';
import type { ForgeKind } from '../../src/publish/server.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { type LoopbackServer, loopbackServer, type Received, type Told } from './http/loopback-server.ts';
import { recordExchange } from './record-exchange.ts';

/** `GET /user` -> what is answered; the path is without `/api/v3` and query. What is not here is 404. */
export type Routes = Record<string, Told | ((request: Received) => Told)>;

export const tokens = {
  github: 'ghp_nobodyMayEverSeeThis0123456789',
  gitlab: 'glpat-nobodyMaySeeThis0123',
  gitea: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c',
};

/** A provider whose server answers by these routes. */
export async function connected(
  kind: ForgeKind,
  routes: Routes,
  token: string = tokens[kind],
): Promise<{ provider: Provider; server: LoopbackServer; asked(): string[] }> {
  const nothing: Told = { status: 404, json: { message: kind === 'gitlab' ? '404 Not Found' : 'Not Found' } };
  const server = await loopbackServer((request) => {
    const route = routes[routeOf(request)] ?? nothing;
    const told = typeof route === 'function' ? route(request) : route;
    const { method, path, body } = request;
    recordExchange({
      kind,
      method,
      path: path.replace(/^\/api\/v[134]/, ''),
      body,
      status: told.status,
      told: told.json,
    });
    return told;
  });
  onTestFinished(server.close);
  const credential = { token: new Secret(token), from: `${kind.toUpperCase()}_TOKEN` };
  const signal = new AbortController().signal;
  const connection = { kind, host: server.url, credential, env: {}, ca: undefined, signal };
  const { provider } = await connectProvider(connection);
  return { provider, server, asked: () => server.received.map(routeOf) };
}

function routeOf({ method, path }: Received): string {
  return `${method} ${path.replace(/^\/api\/v[134]/, '').replace(/\?.*/, '')}`;
}

/** The failure that a call ended with. */
export async function failureOf(work: Promise<unknown>): Promise<ProviderError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProviderError) return error;
  throw error ?? new Error('it succeeded');
}

/** All that a person reads of a failure. */
export function shown({ message, why, hint }: ProviderError): string {
  return [message, ...why, hint].join('\n');
}

export const fleet: Repository = {
  id: '7',
  fullName: 'acme/fleet',
  httpsUrl: 'https://example.com/acme/fleet.git',
  sshUrl: 'ssh://git@example.com/acme/fleet.git',
  webUrl: 'https://example.com/acme/fleet',
  archived: false,
  visibility: 'private',
};

export const wanted = { name: 'fleet', visibility: 'private', description: 'Clusters', branch: 'main' } as const;

export const acme = { id: '3', kind: 'group', path: 'acme', own: false, policy: {} } as const;
