import { describe, expect, test } from 'vitest';
import { changedPaths, madeRepository } from '../../support/made-repository.ts';
import { removePhase, removeWholly } from './steps.ts';

const chart = ['--chart', 'oci://ghcr.io/acme/charts/metrics', '--chart-version', '1.x'];

describe.each(['standard', 'multi-tenant', 'fleet'])(
  'remove in layout %s leaves the tree as it was before',
  (layout) => {
    const flags = ['--layout', layout, '--component', 'cert-manager', '--app', 'api'];

    test.each([
      [2, ['component', 'metrics', ...chart]],
      [3, ['component', 'envoy-gateway']],
      [1, ['app', 'web', '--image', 'nginx:1.27']],
      [2, ['app', 'web', ...chart]],
      [1, ['environment', 'qa', '--from', 'production']],
      [1, ['cluster', 'eu', '--environment', 'production']],
    ])('in %s phases: %s', async (phases, words) => {
      const made = await madeRepository(flags);
      if (words[1] === 'envoy-gateway') await made.run('add', 'component', 'gateway-api', '--yes', '--commit');
      const before = made.files();
      expect((await made.run('add', ...words, '--yes', '--commit')).code).toBe(0);
      expect(await removeWholly(made, ...words.slice(0, 2))).toBe(phases);
      expect(changedPaths(before, made.files())).toEqual([]);
    });
  },
);

describe('remove component', () => {
  const flags = ['--app', 'web'];
  const path = (file: string) => `infrastructure/overlays/production/${file}`;

  test('takes out what it is configured with, then its release, then its account; nobody else waits for it', async () => {
    const made = await madeRepository(flags);
    await removePhase(made, 'component', 'envoy-gateway');
    expect(made.read(path('envoy-gateway.yaml'))).not.toContain('name: envoy-gateway-config');
    expect(made.read(path('envoy-gateway.yaml'))).toContain('deletionPolicy: WaitForTermination');
    expect(made.read('apps/overlays/production/web.yaml')).not.toContain('envoy-gateway');
    await removePhase(made, 'component', 'envoy-gateway');
    expect(made.read(path('kustomization.yaml'))).not.toContain('envoy-gateway');
    expect(made.read('clusters/production/infrastructure.yaml')).not.toContain('name: envoy-gateway');
    expect(made.read(path('namespaces.yaml'))).toContain('flux-reconciler-envoy-gateway-system');
    const { out } = await removePhase(made, 'component', 'envoy-gateway');
    expect(made.read(path('namespaces.yaml'))).not.toContain('envoy-gateway-system');
    expect(out).toContain('kubectl --context CONTEXT delete namespace envoy-gateway-system');
  });

  test('has its CRDs pruned only where that was asked for at the beginning', async () => {
    const made = await madeRepository(flags);
    await removePhase(made, 'component', 'envoy-gateway', '--crds');
    expect(made.read(path('envoy-gateway.yaml')).split('kind: Kustomization')[1]).toContain('prune: true');
    await removePhase(made, 'component', 'envoy-gateway');
    expect(made.read(path('envoy-gateway.yaml'))).toContain('name: envoy-gateway-crds');
    await removePhase(made, 'component', 'envoy-gateway');
    expect(await removeWholly(made, 'component', 'gateway-api', '--crds')).toBe(2);
    await removePhase(made, 'component', 'cert-manager');
    const late = await made.run('remove', 'component', 'cert-manager', '--crds', '--yes');
    expect(late).toMatchObject({ code: 2, err: expect.stringContaining('comes too late') });
  });

  test.each([
    ['gateway-api', 'component envoy-gateway needs it'],
    ['cert-manager', 'app api waits for it'],
  ])('%s is refused while something depends on it, and is told who', async (name, who) => {
    const made = await madeRepository(flags);
    await made.run('add', 'app', 'api', '--image', 'nginx:1.27', '--depends-on', 'cert-manager', '--yes');
    const before = made.files();
    expect(await made.run('remove', 'component', name, '--yes')).toMatchObject({
      code: 2,
      err: expect.stringContaining(who),
    });
    expect(made.files()).toEqual(before);
  });

  test('nothing may begin to wait for it meanwhile', async () => {
    const made = await madeRepository(flags);
    await removePhase(made, 'component', 'cert-manager');
    const late = ['add', 'app', 'api', '--image', 'nginx:1.27', '--depends-on', 'cert-manager', '--yes'];
    expect(await made.run(...late)).toMatchObject({ code: 2, err: expect.stringContaining('is being removed') });
  });

  test('that keeps the secrets is refused', async () => {
    const made = await madeRepository(['--app', 'web', '--secrets', 'external-secrets']);
    const { code, err } = await made.run('remove', 'component', 'external-secrets', '--yes');
    expect(code).toBe(2);
    expect(err).toContain('secrets are kept with it');
  });
});
