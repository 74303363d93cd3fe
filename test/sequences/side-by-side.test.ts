import { execFile, execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { changedPaths, madeRepository } from '../support/made-repository.ts';
import { builtProgram } from './built-program.ts';

const deployment = 'apps/base/web/deployment.yaml';

describe('what others bump', () => {
  test('an image, a chart and a git tag stay bumped when the model changes the same files', async () => {
    const { run, edit, read } = await madeRepository([
      ...['--app', 'web,image=ghcr.io/acme/web:1.2.3', '--component', 'gateway-api', '--component', 'cert-manager'],
    ]);
    const chart = ['--chart', 'https://charts.example.com', '--chart-version', '1.2.3'];
    expect((await run('add', 'app', 'shop', ...chart, '--yes')).code).toBe(0);
    const bumped = { deployment: 'web:1.2.4', release: 'version: 1.3.0', tag: 'v99.0.0' };
    edit(deployment, 'web:1.2.3', bumped.deployment);
    edit('apps/base/shop/release.yaml', 'version: 1.2.3', bumped.release);
    const source = 'infrastructure/base/gateway-api/release/source.yaml';
    edit(source, /tag: (\S+)/.exec(read(source))?.[0] ?? '', `tag: ${bumped.tag}`);
    edit('flux-repo.yaml', '    image: ghcr.io/acme/web:1.2.3', '    image: ghcr.io/acme/web:1.2.3\n    port: 8080');
    const intervals = 'intervals:\n  apps: 7m\n  infrastructure: 47m\n  sources: 8m\n';
    edit('flux-repo.yaml', 'layout: standard\n', `layout: standard\n${intervals}`);
    const { code, err } = await run('apply', '--yes');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(read(deployment)).toContain(bumped.deployment);
    expect(read(deployment)).toContain('containerPort: 8080');
    expect(read('apps/base/shop/release.yaml')).toContain(bumped.release);
    expect(read('apps/base/shop/release.yaml')).toContain('interval: 7m');
    expect(read(source)).toContain(`tag: ${bumped.tag}`);
    expect(read(source)).toContain('interval: 8m');
  });

  test('and a bump of the model beside one by hand is no conflict: theirs is the file', async () => {
    const { run, edit, read } = await madeRepository(['--app', 'web,image=web:1.2.3', '--component', 'none']);
    edit(deployment, 'web:1.2.3', 'web:1.2.4');
    edit('flux-repo.yaml', 'web:1.2.3', 'web:1.3.0');
    expect((await run('apply', '--yes')).code).toBe(0);
    expect(read(deployment)).toContain('web:1.2.4');
  });
});

test('an edit of flux-repo.yaml that waits for its apply is not dragged into an add', async () => {
  const { run, edit, read, files, git } = await madeRepository(['--app', 'web', '--component', 'none']);
  edit('flux-repo.yaml', '  staging: {}', '  staging:\n    intervals:\n      apps: 3m');
  edit('flux-repo.yaml', 'nginx:1.27', 'nginx:1.28');
  const before = files();
  expect((await run('add', 'app', 'shop', '--image', 'shop:1', '--yes', '--commit')).code).toBe(0);
  const changed = changedPaths(before, files());
  expect(changed).toContain('apps/overlays/staging/shop.yaml');
  expect(changed.filter((path) => /web|clusters\//.test(path))).toEqual([]);
  expect(read('apps/overlays/staging/shop.yaml')).toContain('interval: 10m');
  expect(read('flux-repo.yaml')).toContain('nginx:1.28');
  expect(git('show', '--name-only', '--format=', 'HEAD').split('\n')).not.toContain('apps/overlays/staging/web.yaml');
  expect((await run('apply', '--yes')).code).toBe(0);
  for (const app of ['web', 'shop']) expect(read(`apps/overlays/staging/${app}.yaml`)).toContain('interval: 3m');
  expect(read(deployment)).toContain('nginx:1.28');
});

describe('two processes at once', () => {
  test('both add what they add, or the later one is refused and can be run again', async () => {
    const program = await builtProgram();
    const { root, system, read, files } = await madeRepository(['--app', 'web', '--component', 'none']);
    const add = (name: string) =>
      new Promise<number>((resolve) => {
        const words = [program, 'add', 'app', name, '--image', 'shop:1', '--yes'];
        execFile(process.execPath, words, { cwd: root, env: system.env }, (error) =>
          resolve(error ? Number(error.code) : 0),
        );
      });
    const names = ['one', 'two', 'three'];
    const codes = await Promise.all(names.map(add));
    expect(codes).toContain(0);
    expect(codes.filter((code) => ![0, 1, 3].includes(code))).toEqual([]);
    for (const [at, name] of names.entries())
      expect(Object.hasOwn(files(), `apps/base/${name}/deployment.yaml`), `${name} ended with ${codes[at]}`).toBe(
        codes[at] === 0,
      );
    for (const [at, name] of names.entries()) if (codes[at] !== 0) expect(await add(name)).toBe(0);
    for (const name of names) expect(read('flux-repo.yaml')).toContain(`  ${name}:\n    image: shop:1\n`);
    const again = execFileSync(process.execPath, [program, 'apply', '--yes'], { cwd: root, env: system.env });
    expect(String(again)).toContain('Nothing to do');
  });
});
