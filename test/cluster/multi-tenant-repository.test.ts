import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually, objectAt } from './cluster-objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { teamRepository } from './team-repository.ts';

const accounts = {
  shop: 'system:serviceaccount:flux-system:tenant-shop',
  search: 'system:serviceaccount:search:search',
} as const;

describeCluster('a repository with teams on real Flux controllers', (cluster) => {
  const as = (team: keyof typeof accounts, ...words: string[]) =>
    cluster().run('kubectl', [...words, `--as=${accounts[team]}`]);
  const kustomizations = 'kustomizations.kustomize.toolkit.fluxcd.io';
  /** Something the team writes in its namespace, and how it ends. */
  const attempt = async (name: string, spec: string[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'flux-repo-attempt-'));
    const file = join(folder, `${name}.yaml`);
    const head = ['apiVersion: kustomize.toolkit.fluxcd.io/v1', 'kind: Kustomization', 'metadata:', `  name: ${name}`];
    const common = ['  namespace: search', 'spec:', '  interval: 1m', '  retryInterval: 5s', '  prune: true'];
    writeFileSync(file, [...head, ...common, ...spec.map((line) => `  ${line}`), ''].join('\n'));
    await as('search', 'apply', '--filename', file);
    rmSync(folder, { recursive: true });
    const message = async () => {
      const found = await objectAt(cluster(), kustomizations, `search/${name}`);
      const status = found?.status as { conditions?: { type: string; status: string; message: string }[] } | undefined; // a Kustomization's
      return status?.conditions?.find((each) => each.type === 'Ready' && each.status === 'False')?.message;
    };
    const told = await eventually(true, async () => (await message()) !== undefined).then(message);
    await as('search', 'delete', kustomizations, name, '--namespace=search');
    return told;
  };

  it('becomes ready under lockdown, and gives each team what it wrote', async () => {
    await (await teamRepository(cluster(), 'multi-tenant')).sync();
    expect((await objectAt(cluster(), 'configmap', 'shop/greeting'))?.data).toEqual({ says: 'hello' });
    expect((await objectAt(cluster(), 'configmap', 'search/index'))?.data).toEqual({ says: 'hello' });
    const args = async (name: string) =>
      JSON.stringify((await objectAt(cluster(), 'deployment', `flux-system/${name}`))?.spec);
    expect(await args('kustomize-controller')).toContain('--no-remote-bases=true');
    for (const name of ['kustomize-controller', 'helm-controller'])
      expect(await args(name)).toContain('--default-service-account=default');
    for (const name of ['kustomize-controller', 'helm-controller', 'notification-controller'])
      expect(await args(name)).toContain('--no-cross-namespace-refs=true');
  });

  it('needs no credential in the namespace of a team that works here', async () => {
    expect(await cluster().run('kubectl', ['get', 'secrets', '--namespace=shop', '--output=name'])).toBe('secret/own');
    const found = await cluster().run('kubectl', ['get', 'gitrepositories', '--namespace=shop', '--output=name']);
    expect(found).toBe('');
  });

  it("decrypts a team's Secret with the team's own key", async () => {
    const data = (await objectAt(cluster(), 'secret', 'shop/own'))?.data?.password;
    expect(Buffer.from(data ?? '', 'base64').toString()).toBe('of-the-team');
  });

  describe.each(['shop', 'search'] as const)('team %s', (team) => {
    const other = team === 'shop' ? 'search' : 'shop';
    it.each([
      ['create a ClusterRole', ['create', 'clusterrole', 'x', '--verb=get', '--resource=pods']],
      ['write into another namespace', ['create', 'configmap', 'x', `--namespace=${other}`]],
      ["read another namespace's Secrets", ['get', 'secrets', `--namespace=${other}`]],
      ["read the platform's key", ['get', 'secret', 'sops-age', '--namespace=flux-system']],
      ['delete its quota', ['delete', 'resourcequota', team, `--namespace=${team}`]],
      [
        'raise its quota',
        ['patch', 'resourcequota', team, `--namespace=${team}`, '--patch={"spec":{"hard":{"pods":"9"}}}'],
      ],
      ['delete its limits', ['delete', 'limitrange', team, `--namespace=${team}`]],
      ['delete its namespace', ['delete', 'namespace', team]],
      [
        'make itself cluster-admin',
        ['create', 'clusterrolebinding', 'x', '--clusterrole=cluster-admin', `--user=${team}`],
      ],
    ])('cannot %s', async (_, words) => {
      await expect(as(team, ...words)).rejects.toThrow(/forbidden/i);
    });

    it('can do its work', async () => {
      await as(team, 'create', 'configmap', 'mine', `--namespace=${team}`);
      await as(team, 'delete', 'configmap', 'mine', `--namespace=${team}`);
    });
  });

  it("cannot use another namespace's source", async () => {
    const source = ['sourceRef:', '  kind: GitRepository', '  name: flux-system', '  namespace: flux-system'];
    const told = await attempt('foreign-source', ['serviceAccountName: search', 'path: ./secrets', ...source]);
    expect(told).toMatch(/cross-namespace references have been blocked/);
  });

  it("cannot have the platform's key decrypt for it", async () => {
    const source = ['sourceRef:', '  kind: GitRepository', '  name: search'];
    const key = ['decryption:', '  provider: sops', '  secretRef:', '    name: sops-age'];
    const told = await attempt('foreign-key', ['serviceAccountName: search', 'path: ./', ...source, ...key]);
    expect(told).toMatch(/sops-age/);
  });

  it('has no rights where it names no account', async () => {
    const source = ['sourceRef:', '  kind: GitRepository', '  name: search'];
    const told = await attempt('no-account', ['path: ./', 'targetNamespace: search', ...source]);
    expect(told).toMatch(/forbidden/);
  });
});
