import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Cancelled } from '../../../src/errors.ts';
import { loopbackServer } from './loopback-server.ts';
import { faultOf, openDoorTo, token } from './open-door.ts';

const fine = { status: 200, json: { ok: true } };

describe('the token', () => {
  it('goes into the Authorization header and nowhere else', async () => {
    const { ask, server } = await openDoorTo(() => fine);
    await ask('POST', '/things', { name: 'fleet' });
    const [{ headers, path, body } = { headers: {}, path: '', body: '' }] = server.received;
    expect(headers.authorization).toBe(`Bearer ${token}`);
    const { authorization: _, ...others } = headers;
    expect(JSON.stringify([others, path, body])).not.toContain(token);
  });

  it('does not follow a redirect to another host, and no request does', async () => {
    const other = await loopbackServer(() => fine);
    onTestFinished(other.close);
    const { ask } = await openDoorTo(() => ({ status: 302, headers: { location: `${other.url}/taken?x=1` } }));
    expect(await faultOf(ask('GET', '/things'))).toMatchObject({ kind: 'redirected', detail: `${other.url}/taken` });
    expect(other.received).toEqual([]);
  });

  it('is in no error', async () => {
    const { ask } = await openDoorTo(() => (response) => response.destroy());
    expect(inspect(await faultOf(ask('POST', '/things', {})), { depth: 9, showHidden: true })).not.toContain(token);
  });
});

describe('a redirect', () => {
  it('within the host is followed by a read, as for a renamed repository', async () => {
    const { ask, server } = await openDoorTo(({ path }) =>
      path === '/repos/acme/old' ? { status: 301, headers: { location: '/repositories/7' } } : fine,
    );
    expect(await ask('GET', '/repos/acme/old')).toMatchObject({ status: 200 });
    expect(server.received.map(({ path }) => path)).toEqual(['/repos/acme/old', '/repositories/7']);
  });

  it('of a write is refused, since it would arrive as something else', async () => {
    const { ask, server } = await openDoorTo(() => ({ status: 301, headers: { location: '/elsewhere' } }));
    expect(await faultOf(ask('POST', '/repos', {}))).toMatchObject({ kind: 'redirected', status: 301 });
    expect(server.received).toHaveLength(1);
  });

  it('in a circle ends', async () => {
    const { ask } = await openDoorTo(() => ({ status: 302, headers: { location: '/again' } }));
    expect(await faultOf(ask('GET', '/again'))).toMatchObject({ kind: 'redirected' });
  });
});

describe('a server that stumbles', () => {
  it('is asked again by a read', async () => {
    const { ask, server } = await openDoorTo((_, index) => (index < 2 ? { status: 502, text: '<html>' } : fine));
    expect(await ask('GET', '/things')).toMatchObject({ status: 200 });
    expect(server.received).toHaveLength(3);
  });

  it('is asked a bounded number of times', async () => {
    const { ask, server } = await openDoorTo(() => ({ status: 503, text: 'busy' }));
    expect(await ask('GET', '/things')).toMatchObject({ status: 503 });
    expect(server.received).toHaveLength(4);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('gets a %s once, whatever happens', async (method) => {
    const failing = await openDoorTo(() => ({ status: 502, text: 'bad gateway' }));
    expect(await failing.ask(method, '/things', {})).toMatchObject({ status: 502 });
    const limited = await openDoorTo(() => ({ status: 429, json: {}, headers: { 'retry-after': '0' } }));
    expect(await limited.ask(method, '/things', {})).toMatchObject({ status: 429 });
    const resetting = await openDoorTo(() => (response) => response.destroy());
    expect(await faultOf(resetting.ask(method, '/things', {}))).toMatchObject({ kind: 'lost' });
    expect([failing, limited, resetting].map(({ server }) => server.received.length)).toEqual([1, 1, 1]);
  });

  it('is waited for as long as it asks', async () => {
    const limit = { status: 429, json: {}, headers: { 'retry-after': '1' } };
    const { ask } = await openDoorTo((_, index) => (index === 0 ? limit : fine));
    const start = performance.now();
    expect(await ask('GET', '/things')).toMatchObject({ status: 200 });
    expect(performance.now() - start).toBeGreaterThan(990);
  });

  it.each([
    ['by Retry-After', { 'retry-after': '61' }],
    ['by a date', { 'retry-after': new Date(Date.now() + 120_000).toUTCString() }],
    [
      'by its own header',
      {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset':
          String(Date.now() / 1000 + 999)
            .split('.')
            .at(0) ?? '',
      },
    ],
  ])('is not waited for when it asks for more than a minute %s', async (_, headers) => {
    const { ask, server } = await openDoorTo(() => ({ status: 403, json: {}, headers }));
    expect(await ask('GET', '/things')).toMatchObject({ status: 403 });
    expect(server.received).toHaveLength(1);
  });

  it.each([401, 403, 404, 409, 422])('means it when it answers %i', async (status) => {
    const { ask, server } = await openDoorTo(() => ({ status, json: { message: 'no' } }));
    expect(await ask('GET', '/things')).toMatchObject({ status });
    expect(server.received).toHaveLength(1);
  });
});

describe('an answer', () => {
  it('that is a page for people is none', async () => {
    const { ask } = await openDoorTo(() => ({
      status: 200,
      text: '<!DOCTYPE html><p>Sign in</p>',
      headers: { 'content-type': 'text/html' },
    }));
    expect(await faultOf(ask('GET', '/user'))).toMatchObject({ kind: 'not-json', status: 200 });
    expect(await faultOf(ask('POST', '/user', {}))).toMatchObject({ kind: 'not-json' });
  });

  it('that is cut off in its JSON is none', async () => {
    const { ask } = await openDoorTo(() => ({
      status: 200,
      text: '{"login": "a',
      headers: { 'content-type': 'application/json' },
    }));
    expect(await faultOf(ask('GET', '/user'))).toMatchObject({ kind: 'not-json' });
  });

  it('that is too long is not read to its end', async () => {
    const { ask } = await openDoorTo(() => ({ status: 200, json: { long: 'x'.repeat(200_000) } }));
    expect(await faultOf(ask('GET', '/user'))).toMatchObject({ kind: 'too-long' });
  });

  it('that does not come is not waited for', async () => {
    const { ask } = await openDoorTo(() => () => {}, { patience: { idle: 150 } });
    expect(await faultOf(ask('POST', '/things', {}))).toMatchObject({ kind: 'timeout' });
  });

  it('that trickles is not waited for either', async () => {
    const trickle = (response: import('node:http').ServerResponse) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 50);
      response.once('close', () => clearInterval(timer));
    };
    const { ask } = await openDoorTo(() => trickle, { patience: { total: 400 } });
    expect(await faultOf(ask('POST', '/things', {}))).toMatchObject({ kind: 'timeout' });
  });
});

describe('Ctrl-C', () => {
  it('ends a read at once', async () => {
    const controller = new AbortController();
    const { ask } = await openDoorTo(() => () => controller.abort(new Cancelled()), { signal: controller.signal });
    await expect(ask('GET', '/things')).rejects.toThrow(Cancelled);
  });

  it('lets a write end that the server has begun', async () => {
    const controller = new AbortController();
    const answer = () => {
      controller.abort(new Cancelled());
      return new Promise<typeof fine>((resolve) => setTimeout(resolve, 50, fine));
    };
    const { ask } = await openDoorTo(answer, { signal: controller.signal });
    expect(await ask('POST', '/things', {})).toMatchObject({ status: 200 });
    await expect(ask('POST', '/things', {})).rejects.toThrow(Cancelled);
  });

  it('does not wait for a write for ever', async () => {
    const controller = new AbortController();
    const { ask } = await openDoorTo(() => () => controller.abort(new Cancelled()), { signal: controller.signal });
    await expect(ask('POST', '/things', {})).rejects.toThrow(Cancelled);
  });
});
