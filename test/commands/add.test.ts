import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { version } from '../../src/cli/program.ts';
import { changedPaths, type MadeRepository, madeRepository } from '../support/made-repository.ts';
import { outputDocument } from '../support/output-schema.ts';

const keysOf = ({ system }: MadeRepository) => {
  const folder = join(system.home, '.config/create-flux-repo/keys');
  return join(folder, readdirSync(folder)[0] ?? '');
};

describe('add app', () => {
  test('writes the entry, its files and the lists that name it, and nothing else', async () => {
    const { run, files, read, git } = await madeRepository();
    const before = files();
    const { code, out, err } = await run('add', 'app', 'api', '--image', 'ghcr.io/acme/api:1.0.0', '--yes');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(changedPaths(before, files())).toEqual([
      '.flux-repo/lock/app-api.json',
      '.flux-repo/lock/environment-production.json',
      '.flux-repo/lock/environment-staging.json',
      '.flux-repo/lock/repository.json',
      'README.md',
      'apps/base/api/deployment.yaml',
      'apps/base/api/httproute.yaml',
      'apps/base/api/kustomization.yaml',
      'apps/base/api/service.yaml',
      'apps/overlays/production/api.yaml',
      'apps/overlays/production/api/kustomization.yaml',
      'apps/overlays/production/kustomization.yaml',
      'apps/overlays/production/namespaces.yaml',
      'apps/overlays/staging/api.yaml',
      'apps/overlays/staging/api/kustomization.yaml',
      'apps/overlays/staging/kustomization.yaml',
      'apps/overlays/staging/namespaces.yaml',
      'flux-repo.yaml',
    ]);
    expect(read('flux-repo.yaml')).toContain('apps:\n  api:\n    image: ghcr.io/acme/api:1.0.0\n  web:\n');
    expect(git('diff', '--numstat', '--', 'flux-repo.yaml')).toBe('2\t0\tflux-repo.yaml');
    expect(out).toContain('Added app api.\n');
    expect(out).toContain("git commit --message 'Add app api'");
    expect((await run('apply')).out).toContain('Nothing to do');
  });

  test('says which image it takes when none is named', async () => {
    const { run } = await madeRepository();
    const told = (out: string) => out.replaceAll('\n', ' ').includes('Note: No image was named: nginx:1.27 is taken');
    expect(told((await run('add', 'app', 'api', '--yes', '--dry-run')).out)).toBe(true);
    expect(told((await run('add', 'app', 'api', '--yes')).out)).toBe(true);
    expect(told((await run('add', 'app', 'shop', '--image', 'nginx:1.27', '--yes')).out)).toBe(false);
  });

  test('keeps comments, order, quotes and line ends of the model', async () => {
    const { run, read, write } = await madeRepository();
    const model = read('flux-repo.yaml')
      .replace('  web:\n', '  # the shop window\n  web: # ours\n')
      .replace('  name: demo', "  name: 'demo'")
      .replaceAll('\n', '\r\n');
    write('flux-repo.yaml', model);
    expect((await run('add', 'app', 'zoo', '--yes')).code).toBe(0);
    expect(read('flux-repo.yaml')).toBe(
      model.replace('nginx:1.27\r\n', 'nginx:1.27\r\n  zoo:\r\n    image: nginx:1.27\r\n'),
    );
  });

  test('edits of the model that were not applied stay as they are, and stay to be applied', async () => {
    const { run, edit, files, read } = await madeRepository();
    edit('flux-repo.yaml', 'image: nginx:1.27', 'image: nginx:1.28 # newer');
    edit('flux-repo.yaml', '  staging: {}', '  staging:\n    intervals:\n      apps: 3m');
    const before = files();
    const pending = (await run('diff')).out;
    expect((await run('add', 'app', 'api', '--yes')).code).toBe(0);
    expect(read('flux-repo.yaml')).toContain('image: nginx:1.28 # newer');
    expect(changedPaths(before, files()).filter((path) => /web|clusters/.test(path))).toEqual([]);
    expect(read('apps/overlays/staging/api.yaml')).toContain('interval: 10m');
    const still = (await run('diff')).out;
    for (const line of pending.split('\n').filter((text) => /^[-+] /.test(text))) expect(still).toContain(line);
  });

  test('files edited by hand keep their edits', async () => {
    const { run, read, edit } = await madeRepository();
    edit('README.md', '# demo', '# Demo of ours');
    edit('apps/base/web/deployment.yaml', 'replicas: 2', 'replicas: 5');
    expect((await run('add', 'app', 'api', '--yes')).code).toBe(0);
    expect(read('README.md')).toMatch(/^# Demo of ours\n(.*\n)*\| api \| `nginx:1.27` \| api \|/);
    expect(read('apps/base/web/deployment.yaml')).toContain('replicas: 5');
  });

  test('from a chart, in a namespace, after another app', async () => {
    const { run, read } = await madeRepository();
    const flags = ['--chart', 'https://charts.example.com', '--chart-version', '1.x', '--namespace', 'tools'];
    expect((await run('add', 'app', 'db', ...flags, '--depends-on', 'web', '--yes')).code).toBe(0);
    expect(read('flux-repo.yaml')).toContain(`  db:
    chart:
      url: https://charts.example.com
      name: db
      version: 1.x
    namespace: tools
    dependsOn:
      - web
`);
    expect(read('apps/overlays/production/db.yaml')).toContain('- name: web');
    expect(existsSync(join((await madeRepository()).root, 'apps/base/db'))).toBe(false);
  });

  test('a dry run writes nothing and --json is one document', async () => {
    const repository = await madeRepository();
    const before = repository.files();
    const { code, out } = await repository.run('add', 'app', 'api', '--dry-run', '--json');
    expect(code).toBe(0);
    const document = outputDocument(out);
    expect(document).toMatchObject({ command: 'add', ok: true, dryRun: true });
    expect(document.changes.filter(({ action }) => action === 'create').length).toBeGreaterThan(5);
    expect(repository.files()).toEqual(before);
    const done = outputDocument((await repository.run('add', 'app', 'api', '--yes', '--json')).out);
    expect(done).toMatchObject({ ok: true, dryRun: false });
    expect(done.nextSteps.join('\n')).toContain('git commit');
    expect(outputDocument((await repository.run('add', 'app', 'api', '--yes', '--json')).out)).toMatchObject({
      command: 'add',
      error: { code: 'exists-already' },
    });
  });

  test('a file of the person where a new one must be is a conflict', async () => {
    const { run, root, write, read, files } = await madeRepository();
    mkdirSync(join(root, 'apps/base/api'));
    write('apps/base/api/service.yaml', 'mine: true\n');
    const before = files();
    const { code, err } = await run('add', 'app', 'api', '--yes');
    expect(code).toBe(3);
    expect(err).toContain('add app api --image nginx:1.27 --ours apps/base/api/service.yaml');
    expect(files()).toEqual(before);
    expect((await run('add', 'app', 'api', '--yes', '--theirs', 'apps/base/api/service.yaml')).code).toBe(0);
    expect(read('apps/base/api/service.yaml')).toContain('kind: Service');
  });
});

describe('add cluster', () => {
  test('writes its folder, its key and who may read what', async () => {
    const repository = await madeRepository();
    const { run, files, read } = repository;
    const before = files();
    const { code, out } = await run(
      'add',
      'cluster',
      'eu',
      '--environment',
      'production',
      '--set',
      'region=eu',
      '--yes',
    );
    expect(code).toBe(0);
    expect(changedPaths(before, files())).toEqual([
      '.flux-repo/lock/cluster-eu.json',
      '.flux-repo/lock/repository.json',
      '.sops.yaml',
      'README.md',
      'clusters/eu/apps.yaml',
      'clusters/eu/cluster-vars.yaml',
      'clusters/eu/flux-system/gotk-components.yaml',
      'clusters/eu/flux-system/gotk-sync.yaml',
      'clusters/eu/flux-system/kustomization.yaml',
      'clusters/eu/infrastructure.yaml',
      'flux-repo.yaml',
    ]);
    expect(readdirSync(keysOf(repository))).toContain('cluster-eu.agekey');
    const [recipient = ''] = /age1[a-z0-9]+/.exec(read('flux-repo.yaml').split('  eu:')[1] ?? '') ?? [];
    expect(read('.sops.yaml').split(recipient)).toHaveLength(4);
    expect(read('clusters/eu/cluster-vars.yaml')).toContain('region: eu');
    expect(out).toContain('--from-file=cluster-eu.agekey=$HOME/.config/');
    expect(out).toContain('--path=clusters/eu');
    expect((await run('apply')).out).toContain('Nothing to do');
  });

  test('says which encrypted files it cannot read yet', async () => {
    const { run, write } = await madeRepository();
    write('apps/overlays/production/web/db.sops.yaml', 'sops: {}\n');
    const { out } = await run('add', 'cluster', 'eu', '--environment', 'production', '--yes');
    expect(out).toContain('secrets recipients update --commit');
  });

  test('gets the environment of its name, else one must be said', async () => {
    const { run, read } = await madeRepository();
    await run('add', 'environment', 'qa', '--yes');
    expect((await run('add', 'cluster', 'qa', '--yes')).code).toBe(0);
    expect(read('flux-repo.yaml')).toContain('  qa:\n    environment: qa\n');
    expect(existsSync(join((await madeRepository()).root, 'apps/overlays/qa'))).toBe(false);
    const { code, err } = await run('add', 'cluster', 'eu', '--yes');
    expect(code).toBe(2);
    expect(err).toContain('--environment is missing');
    expect(err).toContain('add cluster eu --environment production --yes');
  });

  test('takes its key back when its files cannot be written', async () => {
    const repository = await madeRepository();
    const { run, write, files } = repository;
    write('clusters/eu', 'a file where a folder must be\n');
    const [before, keys] = [files(), readdirSync(keysOf(repository))];
    expect((await run('add', 'cluster', 'eu', '--environment', 'production', '--yes')).code).toBe(1);
    expect(files()).toEqual(before);
    expect(readdirSync(keysOf(repository))).toEqual(keys);
  });

  test("with one key per environment it shares its environment's", async () => {
    const repository = await madeRepository(['--key-scope', 'environment']);
    const before = readdirSync(keysOf(repository));
    const { code, out } = await repository.run('add', 'cluster', 'eu', '--environment', 'production', '--yes');
    expect(code).toBe(0);
    expect(out).toContain('the key of its environment');
    expect(readdirSync(keysOf(repository))).toEqual(before);
    await repository.run('add', 'environment', 'qa', '--yes');
    expect((await repository.run('add', 'cluster', 'qa', '--yes')).code).toBe(0);
    expect(readdirSync(keysOf(repository))).toContain('environment-qa.agekey');
    expect((await repository.run('apply')).out).toContain('Nothing to do');
  });
});

describe('add environment', () => {
  test('is in the model until it has a cluster, which writes its overlays', async () => {
    const { run, files, read, root } = await madeRepository();
    const before = files();
    expect((await run('add', 'environment', 'qa', '--yes')).out).toContain('add cluster NAME --environment qa');
    expect(changedPaths(before, files())).toEqual(['.flux-repo/lock/environment-qa.json', 'flux-repo.yaml']);
    expect(read('flux-repo.yaml')).toContain('  production: {}\n  qa: {}\n  staging: {}\n');
    expect((await run('add', 'cluster', 'test', '--environment', 'qa', '--yes')).code).toBe(0);
    expect(existsSync(join(root, 'apps/overlays/qa/web.yaml'))).toBe(true);
  });

  test('--from takes the settings of another one, but not its keys', async () => {
    const { run, edit, read } = await madeRepository();
    edit(
      'flux-repo.yaml',
      '  staging: {}',
      '  staging:\n    intervals:\n      apps: 3m\n    variables:\n      stage: s',
    );
    edit(
      'flux-repo.yaml',
      '    image: nginx:1.27',
      '    image: nginx:1.27\n    environments:\n      staging:\n        replicas: 1',
    );
    await run('apply', '--yes');
    expect((await run('add', 'environment', 'qa', '--from', 'staging', '--yes')).code).toBe(0);
    expect(read('flux-repo.yaml')).toContain('  qa:\n    intervals:\n      apps: 3m\n    variables:\n      stage: s\n');
    expect(read('flux-repo.yaml')).toContain('      qa:\n        replicas: 1\n      staging:\n        replicas: 1\n');
    await run('add', 'cluster', 'qa', '--yes');
    expect(read('apps/overlays/qa/web/kustomization.yaml')).toContain('count: 1');
    expect((await run('apply')).out).toContain('Nothing to do');
  });
});

describe('add component', () => {
  test('of the catalogue brings what it needs, and says so', async () => {
    const { run, read, root } = await madeRepository(['--component', 'none', '--app', 'web']);
    const { code, out } = await run('add', 'component', 'envoy-gateway', '--yes');
    expect(code).toBe(0);
    expect(out).toContain('gateway-api comes with it: envoy-gateway needs it.');
    expect(read('flux-repo.yaml')).toContain('\ncomponents:\n  envoy-gateway: {}\n  gateway-api: {}\n\n# What runs');
    expect(existsSync(join(root, 'apps/base/web/httproute.yaml'))).toBe(true);
    expect(read('clusters/production/infrastructure.yaml')).toContain('name: gateway-api');
    expect((await run('apply')).out).toContain('Nothing to do');
  });

  test('any chart; of a Helm repository by the name of the component', async () => {
    const { run, read } = await madeRepository();
    const flags = ['--chart', 'https://charts.example.com', '--chart-version', '3.x', '--yes'];
    expect((await run('add', 'component', 'metrics-server', ...flags)).code).toBe(0);
    expect(read('infrastructure/base/metrics-server/release/release.yaml')).toContain('chart: metrics-server');
    expect(read('flux-repo.yaml')).toContain('      name: metrics-server\n');
    expect((await run('add', 'component', 'other', ...flags, '--chart-name', 'thing')).code).toBe(0);
    expect(read('infrastructure/base/other/release/release.yaml')).toContain('chart: thing');
  });

  test('a mistyped name is not taken for a chart without address', async () => {
    const { run } = await madeRepository(['--component', 'none']);
    const { code, err } = await run('add', 'component', 'cert-manger', '--yes');
    expect(code).toBe(2);
    expect(err).toContain('--chart is missing');
    expect(err).toContain(`did you mean npx create-flux-repo@${version} add component cert-manager --yes`);
  });
});
