import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeKubectl } from '../../support/fake-kubectl.ts';
import { outputDocument } from '../../support/output-schema.ts';
import { identityIn, keysFolderOf, repositoryWithSecrets } from '../../support/repository-with-secrets.ts';
import { runMain } from '../../support/run-main.ts';

const pushed = ['secrets', 'push-key', 'production', '--context', 'prod'];

async function personWithKubectl() {
  const repository = await repositoryWithSecrets();
  const kubectl = fakeKubectl(repository.system, { prod: { namespace: true } });
  const folder = keysFolderOf(repository);
  return { repository, kubectl, folder, run: (...words: string[]) => runMain(kubectl.system, words) };
}

test('a cluster gets its key and no other, through standard input alone', async () => {
  const { run, kubectl, folder } = await personWithKubectl();
  expect(await run(...pushed, '--dry-run')).toMatchObject({ code: 0, out: expect.stringContaining('would become') });
  expect(kubectl.entries('prod')).toEqual({});
  expect(await run(...pushed)).toMatchObject({ code: 0, out: expect.stringContaining('read back and compared') });
  const identity = identityIn(join(folder, 'cluster-production.agekey'));
  expect(kubectl.entries('prod')).toEqual({ 'cluster-production.agekey': expect.stringContaining(identity) });
  expect(await run(...pushed, '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to do') });
  kubectl.expectUnseen(readdirSync(folder).map((file) => identityIn(join(folder, file))));
  expect(kubectl.calls().filter(({ hasInput }) => hasInput)).toHaveLength(1);
});

test('as JSON it says what became of each entry, without a key', async () => {
  const { run, folder } = await personWithKubectl();
  const { out } = await run(...pushed, '--json');
  const { result, steps } = outputDocument(out);
  expect(result).toMatchObject({
    cluster: 'production',
    entries: [{ entry: 'cluster-production.agekey', action: 'write' }],
  });
  expect(steps.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect(out).not.toContain(identityIn(join(folder, 'cluster-production.agekey')));
});

test('keys of others stay, even when old ones of ours are pruned', async () => {
  const { run, kubectl } = await personWithKubectl();
  const theirs = { data: { 'team.agekey': 'IyB0ZWFtCg==', 'cluster-production.old.agekey': 'IyBvbGQK' }, managers: {} };
  kubectl.change('prod', { secret: theirs });
  expect((await run(...pushed)).code).toBe(0);
  expect(Object.keys(kubectl.entries('prod')).sort()).toEqual([
    'cluster-production.agekey',
    'cluster-production.old.agekey',
    'team.agekey',
  ]);
  expect((await run(...pushed, '--prune')).code).toBe(0);
  expect(Object.keys(kubectl.entries('prod')).sort()).toEqual(['cluster-production.agekey', 'team.agekey']);
});

test('what we wrote under another name stays until it is pruned', async () => {
  const { run, kubectl } = await personWithKubectl();
  const managers = { 'cluster-before.agekey': ['create-flux-repo'] };
  kubectl.change('prod', { secret: { data: { 'cluster-before.agekey': 'IyBvbGQK' }, managers } });
  expect((await run(...pushed)).code).toBe(0);
  expect(Object.keys(kubectl.entries('prod')).sort()).toEqual(['cluster-before.agekey', 'cluster-production.agekey']);
  expect((await run(...pushed, '--prune')).code).toBe(0);
  expect(Object.keys(kubectl.entries('prod'))).toEqual(['cluster-production.agekey']);
});

test('a private key that is not here is named with its file', async () => {
  const { run, folder, kubectl } = await personWithKubectl();
  rmSync(join(folder, 'cluster-production.agekey'));
  const { code, err } = await run(...pushed);
  expect(code).toBe(1);
  expect(err).toContain('cluster-production.agekey is not here; flux-repo.yaml wants age1');
  expect(kubectl.entries('prod')).toEqual({});
});

test('what is there afterwards must be what was written', async () => {
  const { run, kubectl } = await personWithKubectl();
  kubectl.change('prod', { garbles: true });
  expect(await run(...pushed)).toMatchObject({ code: 1, err: expect.stringContaining('has another content') });
});

test('a context that says it is another cluster is refused, unless a person vouches for it', async () => {
  const { run, kubectl } = await personWithKubectl();
  kubectl.change('prod', { name: 'staging' });
  const refused = await run(...pushed);
  expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('--confirm production') });
  expect(kubectl.entries('prod')).toEqual({});
  expect((await run(...pushed, '--confirm', 'production')).code).toBe(0);
});

test('without kubectl it tells how to do it by hand', async () => {
  const { repository } = await personWithKubectl();
  const empty = join(repository.system.home, 'empty');
  mkdirSync(empty);
  const system = { ...repository.system, env: { ...repository.system.env, PATH: empty } };
  const { code, out, err } = await runMain(system, pushed);
  expect(code).toBe(1);
  expect(err).toContain('cannot run kubectl');
  expect(out).toContain('kubectl --context prod -n flux-system create secret generic sops-age');
  expect(out).toContain('--field-manager=create-flux-repo');
});

test.each([
  [['secrets', 'push-key', 'production'], 'push-key needs to know the context'],
  [['secrets', 'push-key', 'producton', '--context', 'prod'], 'Did you mean production?'],
  [['secrets', 'push-key', 'production', '--context', 'prod', '--context', 'other'], '--context is given twice'],
])('%j is refused', async (words, reason) => {
  const { run } = await personWithKubectl();
  expect(await run(...words)).toMatchObject({ code: 2, err: expect.stringContaining(reason) });
});
