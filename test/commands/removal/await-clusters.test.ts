import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeKubectl } from '../../support/fake-kubectl.ts';
import { madeRepository } from '../../support/made-repository.ts';
import { runMain } from '../../support/run-main.ts';
import { removePhase } from './steps.ts';

async function afterFirstPhase(flux: string[]) {
  const made = await madeRepository(['--layout', 'standard', '--component', 'none', '--team', 'shop']);
  const { out } = await removePhase(made, 'team', 'shop');
  expect(out).toContain('--context production=CONTEXT --context staging=CONTEXT');
  const contexts = { 'admin@p': { name: 'production', flux }, 'admin@s': { name: 'staging' } };
  const kubectl = fakeKubectl(made.system, contexts);
  const words = ['remove', 'team', 'shop', '--confirm', 'shop', '--yes'];
  const run = (...more: string[]) => runMain(kubectl.system, [...words, ...more]);
  const both = ['--context', 'production=admin@p', '--context', 'staging=admin@s'];
  return { made, kubectl, run, both };
}

describe('the next phase of a removal', () => {
  test('waits until the clusters are rid of what the one before took out, and only reads there', async () => {
    const { made, kubectl, run, both } = await afterFirstPhase(['Kustomization/flux-system/shop']);
    const before = made.files();
    const waiting = await run(...both);
    expect(waiting.code).toBe(3);
    expect(waiting.err).toContain('production still has Kustomization/flux-system/shop');
    expect(made.files()).toEqual(before);
    kubectl.change('admin@p', { flux: ['Kustomization/flux-system/apps', 'HelmRelease/search/x'] });
    expect(await run(...both)).toMatchObject({ code: 0, out: expect.stringContaining('Removed team shop') });
    const verbs = kubectl.calls().map(({ argv }) => argv.filter((word) => !word.startsWith('--'))[0]);
    expect(new Set(verbs)).toEqual(new Set(['get']));
  });

  test("waits for what the team made of Flux's objects itself", async () => {
    const { run, both } = await afterFirstPhase(['HelmRelease/shop/db']);
    expect(await run(...both)).toMatchObject({ code: 3, err: expect.stringContaining('HelmRelease/shop/db') });
  });

  test('takes a word for a cluster that nobody reaches, and says so', async () => {
    const { run, both } = await afterFirstPhase([]);
    const one = await run(...both.slice(0, 2));
    expect(one).toMatchObject({ code: 3, err: expect.stringContaining('Whether staging is rid of it is not known') });
    expect(one.err).toContain('--confirm staging');
    const done = await run(...both.slice(0, 2), '--confirm', 'staging');
    expect(done.code).toBe(0);
    expect(done.out.replaceAll('\n', ' ')).toContain('gone from staging is your word');
  });

  test('refuses a context that leads to another cluster', async () => {
    const { run } = await afterFirstPhase([]);
    const swapped = await run('--context', 'production=admin@s', '--context', 'staging=admin@p');
    expect(swapped).toMatchObject({ code: 3, err: expect.stringContaining('seems to be cluster staging') });
  });

  test('tells that the phase before is not committed', async () => {
    const { made } = await afterFirstPhase([]);
    made.git('reset', '--quiet', '--soft', 'HEAD~1');
    expect((await made.run('remove', 'team', 'shop', '--confirm', 'shop')).err).toContain('is not committed yet');
  });

  test('takes no word for what no cluster can have, since it is not pushed', async () => {
    const { made } = await afterFirstPhase([]);
    const remote = join(made.system.home, 'remote.git');
    made.git('init', '--quiet', '--bare', remote);
    made.git('push', '--quiet', remote, 'HEAD~1:refs/heads/main');
    made.git('remote', 'add', 'origin', remote);
    made.git('fetch', '--quiet', 'origin');
    made.git('branch', '--quiet', '--set-upstream-to', 'origin/main');
    const words = ['remove', 'team', 'shop', '--confirm', 'shop', '--confirm', 'production', '--confirm', 'staging'];
    const refused = await made.run(...words, '--yes');
    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('is not pushed yet') });
    made.git('push', '--quiet', 'origin', 'HEAD:main');
    expect(await made.run(...words, '--yes')).toMatchObject({ code: 0 });
  });

  test('does not take the name of the unit for that of a cluster', async () => {
    const made = await madeRepository(['--layout', 'multi-tenant', '--component', 'none', '--team', 'production']);
    const words = ['remove', 'team', 'production', '--confirm', 'production', '--yes', '--commit'];
    expect((await made.run(...words)).code).toBe(0);
    expect((await made.run(...words)).code).toBe(3);
    expect((await made.run(...words, '--confirm', 'production')).code).toBe(0);
  });

  test('says in JSON what it waits for', async () => {
    const { run } = await afterFirstPhase([]);
    const { out } = await run('--json');
    expect(JSON.parse(out)).toMatchObject({ command: 'remove', ok: false, error: { code: 'removal-waiting' } });
  });
});
