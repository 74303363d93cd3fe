import { describe, expect, test } from 'vitest';
import { changedPaths, madeRepository } from '../../support/made-repository.ts';
import { removePhase, removeWholly } from './steps.ts';

const own = 'ssh://git@github.com/acme/shop';

describe.each(['standard', 'multi-tenant', 'fleet'])('remove team in layout %s', (layout) => {
  const flags = ['--layout', layout, '--app', 'web', '--cluster', 'production', '--cluster', 'staging'];

  test.each([
    ['works here', []],
    ['has its own repository', ['--source', own]],
  ])('one that %s goes in two phases, and leaves the tree as it was before', async (_, source) => {
    const made = await madeRepository(flags);
    const before = made.files();
    expect((await made.run('add', 'team', 'shop', ...source, '--yes', '--commit')).code).toBe(0);
    expect(await removeWholly(made, 'team', 'shop')).toBe(2);
    expect(changedPaths(before, made.files())).toEqual([]);
  });

  test('first takes out only what is applied for the team, and keeps its account, rights and limits', async () => {
    const made = await madeRepository([...flags, '--team', 'shop', '--team', `search,source=${own}`]);
    const rights = made.read('tenants/base/search/rbac.yaml');
    const { out } = await removePhase(made, 'team', 'shop');
    expect(out.replaceAll('\n', ' ')).toMatch(/the data on volumes that are not retained/);
    await removePhase(made, 'team', 'search');
    expect(made.read('flux-repo.yaml')).toContain('    removing:\n      phase: sync\n');
    expect(made.read('tenants/base/shop/sync.yaml')).toContain('kind: ServiceAccount');
    expect(made.read('tenants/base/shop/sync.yaml')).not.toContain('kind: Kustomization');
    expect(made.read('tenants/base/search/kustomization.yaml')).not.toContain('sync.yaml');
    expect(made.read('tenants/base/search/rbac.yaml')).toBe(rights);
    expect(Object.keys(made.files())).toContain('tenants/overlays/staging/search/deploy-key.sops.yaml');
    expect(made.read('clusters/production/flux-system/kustomization.yaml')).toContain('--no-cross-namespace-refs');
  });
});

describe('remove team', () => {
  const flags = ['--layout', 'multi-tenant', '--component', 'none', '--team', 'shop'];

  test('needs its name twice where nobody is asked', async () => {
    const made = await madeRepository(flags);
    const before = made.files();
    for (const words of [[], ['--confirm', 'production']]) {
      const { code, err } = await made.run('remove', 'team', 'shop', ...words, '--yes');
      expect(code).toBe(3);
      expect(err).toContain('remove team shop --confirm shop --yes');
    }
    expect((await made.run('remove', 'team', 'shop', '--dry-run')).out).toContain('Phase 1 of 2');
    expect(made.files()).toEqual(before);
  });

  test('lists the files of people that stay', async () => {
    const made = await madeRepository(flags);
    made.write('teams/shop/web.yaml', 'kind: ConfigMap\n');
    made.edit('teams/shop/kustomization.yaml', 'resources: []', 'resources:\n  - web.yaml');
    made.edit('tenants/base/shop/quota.yaml', '# What', '# Ours. What');
    await removePhase(made, 'team', 'shop');
    const { out } = await removePhase(made, 'team', 'shop');
    expect(out).toContain('These files are yours and stay');
    const left = Object.keys(made.files()).filter((path) => /^(teams|tenants)\/./.test(path) && !path.endsWith('/'));
    expect(left).toEqual(['teams/shop/kustomization.yaml', 'teams/shop/web.yaml', 'tenants/base/shop/quota.yaml']);
    for (const path of left) expect(out).toContain(`  ${path}\n`);
  });

  test('refuses to leave a file that Flux would go on applying, until the person gives it up', async () => {
    const made = await madeRepository(flags);
    const path = 'clusters/production/tenants/shop.yaml';
    made.edit(path, 'prune: true', 'prune: true\n  force: true');
    await removePhase(made, 'team', 'shop');
    const words = ['remove', 'team', 'shop', '--confirm', 'shop', '--confirm', 'production', '--yes'];
    const { code, err } = await made.run(...words);
    expect(code).toBe(3);
    expect(err).toContain(`--theirs ${path}`);
    expect((await made.run(...words, '--theirs', path)).code).toBe(0);
    expect(Object.keys(made.files())).not.toContain(path);
  });

  test('a hand edit of what goes first is a conflict, and cannot be kept', async () => {
    const made = await madeRepository(flags);
    made.edit('tenants/base/shop/sync.yaml', 'interval: 10m', 'interval: 3m');
    const { code } = await made.run('remove', 'team', 'shop', '--confirm', 'shop', '--yes');
    expect(code).toBe(3);
    const before = made.files();
    for (const ours of [['--ours'], ['--ours', 'tenants/base/shop/sync.yaml']]) {
      const kept = await made.run('remove', 'team', 'shop', '--confirm', 'shop', '--yes', ...ours);
      expect(kept.code).toBe(3);
      expect(kept.err).toContain('remove team shop --confirm shop --theirs tenants/base/shop/sync.yaml');
    }
    expect(made.files()).toEqual(before);
    const words = ['--confirm', 'shop', '--yes', '--theirs', 'tenants/base/shop/sync.yaml'];
    expect((await made.run('remove', 'team', 'shop', ...words)).code).toBe(0);
  });

  test('can be taken back between its phases', async () => {
    const made = await madeRepository(flags);
    const before = made.files();
    await removePhase(made, 'team', 'shop');
    made.edit('flux-repo.yaml', '    removing:\n      phase: sync\n', '');
    expect((await made.run('apply', '--yes')).code).toBe(0);
    expect(changedPaths(before, made.files())).toEqual([]);
  });

  test('a fleet parent that goes with its last team takes along what is left of it', async () => {
    const made = await madeRepository(['--layout', 'fleet', '--component', 'none', '--team', 'shop', '--team', 'till']);
    const tenants = () => made.read('clusters/production/cluster-config.yaml').split('---').at(-1);
    expect(tenants()).toContain('deletionPolicy: Orphan');
    await removePhase(made, 'team', 'shop');
    expect(tenants()).toContain('deletionPolicy: Orphan');
    await removePhase(made, 'team', 'till');
    expect(tenants()).toContain('path: ./tenants/overlays/production');
    expect(tenants()).not.toContain('deletionPolicy');
  });

  test('commits only its own lines of the model', async () => {
    const made = await madeRepository(flags);
    made.edit('flux-repo.yaml', 'environments:\n', 'variables:\n  zone: here\n\nenvironments:\n');
    await removePhase(made, 'team', 'shop');
    expect(made.git('show', 'HEAD:flux-repo.yaml')).not.toContain('zone');
    expect(made.git('show', 'HEAD:flux-repo.yaml')).toContain('removing');
    expect(made.read('flux-repo.yaml')).toContain('zone: here');
  });

  test('that somebody took out of the model by hand is named by apply, and removed in its phases', async () => {
    const made = await madeRepository(flags);
    made.edit('flux-repo.yaml', 'teams:\n  shop:\n    source: path\n', '');
    const { code, err } = await made.run('apply', '--yes');
    expect(code).toBe(3);
    expect(err).toContain('remove team shop');
    await removePhase(made, 'team', 'shop');
    expect(made.read('flux-repo.yaml')).toContain('removing:');
    expect(await removePhase(made, 'team', 'shop')).toMatchObject({
      out: expect.stringContaining('Removed team shop'),
    });
    expect(made.read('flux-repo.yaml')).not.toContain('teams:');
  });
});
