import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';
import type { Cluster } from './cluster.ts';
import { eventually, namesOf, objectAt } from './cluster-objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { personAt } from './person.ts';
import { publishStandIns } from './stand-ins.ts';
import { teamRepository } from './team-repository.ts';

const kustomizations = 'kustomizations.kustomize.toolkit.fluxcd.io';

/** What of a kind is in one of the namespaces. */
async function within(cluster: Cluster, kind: string, namespaces: readonly string[]): Promise<string[]> {
  return (await namesOf(cluster, kind)).filter((name) => namespaces.includes(name.split('/')[0] ?? ''));
}

/** One phase, and how it is told; `looks` at the cluster that is there and takes a word for the others. */
async function removal(cluster: Cluster, made: MadeRepository, ...words: readonly string[]) {
  const { context, run } = await personAt(cluster, made);
  const [noun = '', name = ''] = words;
  const others = ['staging', 'development'].filter((other) => made.read('flux-repo.yaml').includes(`  ${other}:`));
  const vouched = others.flatMap((other) => ['--confirm', other]);
  const looks = ['--context', `production=${context}`];
  return () => run('remove', noun, name, '--confirm', name, '--yes', ...vouched, ...looks);
}

describeCluster('the teams of a fleet, removed on real Flux controllers', (cluster) => {
  it('go in two phases and leave nothing but their namespaces', async () => {
    const made = await teamRepository(cluster(), 'fleet');
    await made.sync();
    for (const [team, left] of [
      ['shop', 'configmap/greeting'],
      ['search', 'configmap/index'],
    ] as const) {
      const phase = await removal(cluster(), made, 'team', team);
      expect(await phase()).toMatchObject({ code: 0, out: expect.stringContaining('1 of 2') });
      expect(await phase()).toMatchObject({ code: 3, err: expect.stringContaining(`/${team}`) });
      await made.sync();
      const isLeft = () => cluster().run('kubectl', ['get', left, `--namespace=${team}`, '--ignore-not-found']);
      expect(await eventually('', isLeft)).toBe('');
      expect(await objectAt(cluster(), 'rolebinding', `${team}/${team}-reconciler`)).toBeDefined();
      expect(await phase()).toMatchObject({ code: 0, out: expect.stringContaining(`Removed team ${team}`) });
      await made.sync();
    }
    const rest = async () =>
      (await namesOf(cluster(), kustomizations)).filter(
        (name) => !/flux-system|infra|apps/.test(name.split('/')[1] ?? ''),
      );
    await eventually('', async () => (await rest()).join());
    expect(await rest()).toEqual([]);
    for (const kind of [
      'rolebinding',
      'role',
      'resourcequota',
      'limitrange',
      'networkpolicy',
      'secret',
      'gitrepository',
    ])
      expect(await within(cluster(), kind, ['shop', 'search']), kind).toEqual([]);
    const accounts = await namesOf(cluster(), 'serviceaccount');
    expect(accounts.filter((name) => /tenant-shop$|^search\/search$/.test(name))).toEqual([]);
    for (const team of ['shop', 'search']) {
      expect((await objectAt(cluster(), 'namespace', team))?.status).toMatchObject({ phase: 'Active' });
      await cluster().run('kubectl', ['delete', 'namespace', team, '--timeout=60s']);
    }
  });
});

describeCluster('a component, removed on real Flux controllers', (cluster) => {
  it('goes in its phases, each when the one before is done, and leaves its namespace and CRDs', async () => {
    const made = await madeRepository(['--layout', 'multi-tenant', '--component', 'cert-manager']);
    const rewrites = await publishStandIns(cluster(), made.root);
    const sync = () => cluster().sync(made.root, { path: 'clusters/production', rewrites });
    await sync();
    const phase = await removal(cluster(), made, 'component', 'cert-manager');
    expect(await namesOf(cluster(), 'clusterissuer')).not.toEqual([]);
    expect(await phase()).toMatchObject({ code: 0, out: expect.stringContaining('1 of 3') });
    await sync();
    const isGone = (kind: string) => async () => (await namesOf(cluster(), kind)).join();
    expect(await eventually('', isGone('clusterissuer'))).toBe('');
    expect(await objectAt(cluster(), 'deployment', 'cert-manager/cert-manager')).toBeDefined();
    expect(await phase()).toMatchObject({ code: 0, out: expect.stringContaining('2 of 3') });
    await sync();
    expect(await eventually('', isGone('helmrelease'))).toBe('');
    expect(await within(cluster(), 'deployment', ['cert-manager'])).toEqual([]);
    expect(await objectAt(cluster(), 'serviceaccount', 'cert-manager/flux-reconciler')).toBeDefined();
    expect(await phase()).toMatchObject({ code: 0, out: expect.stringContaining('Removed component') });
    await sync();
    const account = async () => await objectAt(cluster(), 'serviceaccount', 'cert-manager/flux-reconciler');
    expect(await eventually(undefined, account)).toBeUndefined();
    expect(await namesOf(cluster(), 'clusterrolebinding')).not.toContain('flux-reconciler-cert-manager');
    expect((await objectAt(cluster(), 'namespace', 'cert-manager'))?.status).toMatchObject({ phase: 'Active' });
    expect(await namesOf(cluster(), 'crd')).toContain('clusterissuers.cert-manager.io');
  });
});

describeCluster('a team whose files are deleted by hand, on real Flux controllers', (cluster) => {
  it('in one commit it loses its rights, and not its namespace', async () => {
    const made = await teamRepository(cluster(), 'multi-tenant');
    await made.sync();
    for (const path of ['clusters/production/tenants', 'tenants', 'teams'])
      rmSync(join(made.root, path), { recursive: true });
    await made.sync().catch(() => undefined);
    for (const team of ['shop', 'search']) {
      const tenant = () => objectAt(cluster(), kustomizations, `flux-system/tenant-${team}`);
      expect(await eventually(undefined, tenant)).toBeUndefined();
    }
    for (const team of ['shop', 'search'])
      expect((await objectAt(cluster(), 'namespace', team))?.status).toMatchObject({ phase: 'Active' });
    expect(await within(cluster(), 'rolebinding', ['shop', 'search'])).toEqual([]);
  });
});
