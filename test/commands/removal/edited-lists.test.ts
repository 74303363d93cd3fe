import { describe, expect, test } from 'vitest';
import { madeRepository } from '../../support/made-repository.ts';
import { removePhase } from './steps.ts';

const flags = ['--component', 'none', '--cluster', 'production', '--cluster', 'staging', '--app', 'web'];
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n';

describe('A list that was edited by hand', () => {
  test('stays with what is of its owner, and names nothing that the removal deletes', async () => {
    const made = await madeRepository(flags);
    made.write('apps/base/web/settings.yaml', settings);
    made.edit('apps/base/web/kustomization.yaml', 'resources:\n', 'resources:\n  # of ours\n  - settings.yaml\n');
    made.edit('apps/overlays/production/web/kustomization.yaml', 'resources:\n', 'resources: # the base\n');
    const { out } = await removePhase(made, 'app', 'web');
    expect(made.read('apps/base/web/kustomization.yaml')).toBe(
      [
        'apiVersion: kustomize.config.k8s.io/v1beta1',
        'kind: Kustomization',
        'resources:',
        '  # of ours',
        '  - settings.yaml',
        '',
      ].join('\n'),
    );
    expect(out).toContain('  apps/base/web/settings.yaml');
    expect(made.read('apps/overlays/production/web/kustomization.yaml')).toContain('../../../base/web');
    expect(await made.run('check')).toMatchObject({ code: 0 });
  });

  test('of the last cluster of an environment names none of the overlays that go with it', async () => {
    const made = await madeRepository(flags);
    made.edit('apps/overlays/staging/kustomization.yaml', 'resources:\n', '# ours\nresources:\n');
    await removePhase(made, 'cluster', 'staging');
    expect(made.read('apps/overlays/staging/kustomization.yaml')).toContain('# ours\nresources: []\n');
    expect(await made.run('check')).toMatchObject({ code: 0 });
  });

  test('that would no longer build for another reason stops the removal, and is told how it goes too', async () => {
    const made = await madeRepository(flags);
    const path = 'apps/overlays/production/web/kustomization.yaml';
    const patch = [
      'patches:',
      '  - patch: |',
      '      apiVersion: apps/v1',
      '      kind: Deployment',
      '      metadata:',
      '        name: web',
      '        namespace: web',
      '      spec:',
      '        replicas: 5',
      '',
    ].join('\n');
    made.write(path, `${made.read(path)}${patch}`);
    expect(await made.run('check')).toMatchObject({ code: 0 });
    const before = made.files();
    const { code, err } = await made.run('remove', 'app', 'web', '--yes');
    expect(code).toBe(1);
    expect(err).toContain(`${path}:5 nothing in this build is`);
    expect(err).toContain(`remove app web --theirs ${path}`);
    expect(made.files()).toEqual(before);
    await removePhase(made, 'app', 'web', '--theirs', path);
    expect(Object.keys(made.files())).not.toContain(path);
  });
});

test('check finds what the CI of the repository could not build, though no cluster comes to it', async () => {
  const made = await madeRepository(flags);
  const list = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - gone.yaml\n';
  made.write('apps/base/kustomization.yaml', list);
  const { code, out } = await made.run('check');
  expect(code).toBe(1);
  expect(out).toContain('4:1 apps/base/gone.yaml does not exist');
  expect(out).toContain('kustomize/missing-file');
});
