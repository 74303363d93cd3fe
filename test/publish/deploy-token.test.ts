import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Provider } from '../../src/publish/provider.ts';
import { openJournal } from '../../src/publish/publish-journal.ts';
import type { Publishing } from '../../src/publish/publishing.ts';
import { deployTokenStep } from '../../src/publish/steps/deploy-token.ts';
import { connected, failureOf, fleet } from './connected.ts';
import type { Received } from './http/loopback-server.ts';

interface Token {
  id: number;
  name: string;
  username: string;
  revoked?: boolean;
}

const title = /^flux eu \d{4}-\d\d-\d\d-\d+$/;

/** A project whose deploy tokens are kept in memory. */
async function project() {
  const tokens: Token[] = [];
  const created = { isLost: false, isRefused: false };
  const listed = { fails: false };
  const remove = ({ path }: Received) => {
    const id = Number(path.split('/').at(-1));
    tokens.splice(
      tokens.findIndex((token) => token.id === id),
      1,
    );
    return { status: 204 } as const;
  };
  const { provider } = await connected('gitlab', {
    'GET /projects/7/deploy_tokens': () =>
      listed.fails ? { status: 403, json: { message: '403 Forbidden' } } : { status: 200, json: [...tokens] },
    'POST /projects/7/deploy_tokens': ({ body }) => {
      if (created.isRefused) return { status: 502, text: 'bad gateway' };
      const { name } = JSON.parse(body);
      const id = (tokens.at(-1)?.id ?? 0) + 1;
      const token = { id, name, username: `gitlab+deploy-token-${id}` };
      tokens.push(token);
      if (created.isLost) return { status: 502, text: 'bad gateway' };
      return { status: 201, json: { ...token, token: `gldt-password${id}` } };
    },
    'DELETE /projects/7/deploy_tokens/1': remove,
    'DELETE /projects/7/deploy_tokens/2': remove,
  });
  return { provider, tokens, created, listed };
}

async function onMachine(provider: Provider) {
  const home = mkdtempSync(join(tmpdir(), 'tokens-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const journal = await openJournal(join(home, 'state.json'), { host: provider.host, repository: 'acme/fleet' });
  const found = { repository: { ...fleet, admin: true }, newUntil: 0 };
  const publishing = { provider, journal, found, git: { call: {} } } as unknown as Publishing;
  const step = deployTokenStep(publishing, 'eu', home);
  const { signal } = new AbortController();
  return {
    step: { isDone: () => step.isDone(signal), run: () => step.run(signal) },
    folder: join(home, 'deploy-token-eu'),
  };
}

test('a cluster gets a token of its own, whose files are the entries of a Secret', async () => {
  const { provider, tokens } = await project();
  const { step, folder } = await onMachine(provider);
  expect(await step.isDone()).toBe(false);
  await step.run();
  expect(tokens).toEqual([{ id: 1, name: expect.stringMatching(title), username: 'gitlab+deploy-token-1' }]);
  expect(readFileSync(join(folder, 'password'), 'utf8')).toBe('gldt-password1');
  expect(readFileSync(join(folder, 'username'), 'utf8')).toBe('gitlab+deploy-token-1');
  expect([statSync(folder).mode & 0o777, statSync(join(folder, 'password')).mode & 0o777]).toEqual([0o700, 0o600]);
  expect(await step.isDone()).toBe(true);
});

test('one whose password was lost on the way is removed, and another made', async () => {
  const { provider, tokens, created } = await project();
  const { step, folder } = await onMachine(provider);
  created.isLost = true;
  expect(await failureOf(step.run())).toMatchObject({ code: 'provider-failed' });
  created.isLost = false;
  expect(await step.isDone()).toBe(false);
  await step.run();
  expect(tokens).toMatchObject([{ name: expect.stringMatching(title) }]);
  expect(readFileSync(join(folder, 'username'), 'utf8')).toBe(tokens[0]?.username);
});

test('one that a colleague made after a run of ours failed is theirs, and left alone', async () => {
  const { provider, tokens, created } = await project();
  const here = await onMachine(provider);
  created.isRefused = true;
  expect(await failureOf(here.step.run())).toMatchObject({ code: 'provider-failed' });
  created.isRefused = false;
  const colleague = await onMachine(provider);
  await colleague.step.run();
  const [theirs] = tokens;
  expect(await here.step.isDone()).toBe(true);
  await here.step.run();
  expect(tokens).toEqual([theirs]);
});

test('of a lost one and one of a colleague, only the lost one is removed', async () => {
  const { provider, tokens, created } = await project();
  const here = await onMachine(provider);
  created.isLost = true;
  await failureOf(here.step.run());
  created.isLost = false;
  tokens.push({ id: 2, name: 'flux eu', username: 'of a colleague' });
  expect(await here.step.isDone()).toBe(false);
  await here.step.run();
  expect(tokens).toEqual([{ id: 2, name: 'flux eu', username: 'of a colleague' }]);
  expect(await here.step.isDone()).toBe(true);
});

test('while tokens cannot be listed, none is made beside the one that is kept', async () => {
  const { provider, tokens, listed } = await project();
  const { step, folder } = await onMachine(provider);
  await step.run();
  listed.fails = true;
  expect(await step.isDone()).toBe(false);
  expect(await failureOf(step.run())).toMatchObject({ facts: { step: 'deploy-token' } });
  listed.fails = false;
  await step.run();
  expect(tokens).toHaveLength(1);
  expect(readFileSync(join(folder, 'username'), 'utf8')).toBe('gitlab+deploy-token-1');
});

test('one that is kept on another machine is left alone', async () => {
  const { provider, tokens } = await project();
  const other = await onMachine(provider);
  await other.step.run();
  const here = await onMachine(provider);
  expect(await here.step.isDone()).toBe(true);
  expect(tokens).toHaveLength(1);
});

test('one that was revoked is replaced', async () => {
  const { provider, tokens } = await project();
  const { step, folder } = await onMachine(provider);
  await step.run();
  for (const token of tokens) token.revoked = true;
  tokens.push({ id: 8, name: 'of somebody', username: 'else' });
  expect(await step.isDone()).toBe(false);
  await step.run();
  expect(tokens.map(({ name }) => name)).toEqual([
    expect.stringMatching(title),
    'of somebody',
    expect.stringMatching(title),
  ]);
  expect(readFileSync(join(folder, 'password'), 'utf8')).toBe('gldt-password9');
});
