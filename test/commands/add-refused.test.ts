import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { madeRepository } from '../support/made-repository.ts';

describe('what cannot be added is refused with exit code 2, and nothing is written', () => {
  test.each<[string, string[], string]>([
    ['add', ['needs to know what'], 'add cluster|environment|app|component|team|notification NAME'],
    ['add ap shop', ['knows no "ap"'], 'add app shop'],
    ['add team web --yes', ['"web" is taken by app "web"'], '--help'],
    [
      'add component web --chart https://charts.example.com/web --chart-version 1.x --yes',
      ['component web: "web" is taken by app "web"; both'],
      '--help',
    ],
    ['add team blue --source htp:/foo --yes', ['htp:, and Flux takes https://HOST/', 'or ssh://git@HOST/'], '--help'],
    ['add source x', ['not in this version'], 'cluster, environment, app, component, team, notification'],
    ['add app web --yes', ['app web: it exists already', 'flux-repo.yaml:'], 'apply'],
    ['add component cert-manager --yes', ['component cert-manager: it exists already'], 'apply'],
    ['add app --yes', ['NAME is missing'], 'add app web --image nginx:1.27 --yes'],
    ['add app flux-system --yes', ['app flux-system: "flux-system" is reserved'], 'flux-system-1'],
    ['add app cert-manager --yes', ['is taken by component "cert-manager"'], '--help'],
    ['add app Api --image a --yes', ['"A" is not allowed'], 'add app api --image a'],
    ['add app api --image a --image b', ['--image is given twice'], '--help'],
    ['add app api --image a:b:c', ['image: must be an image'], '--help'],
    ['add app api --depends-on wub', ['"wub" is no app and no component here'], '--help'],
    ['add app api --image a --chart oci://b/c --chart-version 1.x', ['choose one'], '--help'],
    [
      'add app api --image a --chart oci://b/c',
      ['app api: an app is made from an image or from a chart'],
      '--help, for',
    ],
    ['add app api -C /nonexist', ['--directory /nonexist is no folder'], 'name one that exists'],
    ['add app api --chart oci://b/c --yes', ['--chart-version is missing'], '--chart-version 1.2.x'],
    ['add app api', ['cannot ask whether to apply this'], 'add app api --image nginx:1.27 --yes'],
    [
      'add cluster eu --environment prod --yes',
      ['cluster eu: environment "prod" does not exist', ':3 knows production, staging'],
      'add cluster eu --environment production',
    ],
    ['add cluster eu --environment production --set a', ['"a" has no value'], '--help'],
    ['add cluster eu --environment production --set a=1 --set a=2', ['"a" is given twice'], '--help'],
    ['add environment qa --from stagin', ['environment "stagin" does not exist'], '--from staging'],
    ['--cluster a add app api --yes', ['--cluster means nothing to "app"'], 'leave it out'],
    ['add app api more', ['too many arguments'], '--help'],
  ])('%s', async (line, told, hint) => {
    const { run, files } = await madeRepository();
    const before = files();
    const { code, err } = await run(...line.split(' '));
    expect({ code, err }).toMatchObject({ code: 2 });
    for (const text of told) expect(err).toContain(text);
    expect(err.slice(err.indexOf('Try:'))).toContain(hint);
    expect(files()).toEqual(before);
  });

  test('what needs an edit of the model that was not applied', async () => {
    const { run, edit } = await madeRepository();
    edit('flux-repo.yaml', 'apps:\n', 'apps:\n  api:\n    image: a\n');
    const { code, err } = await run('add', 'app', 'shop', '--depends-on', 'api', '--yes');
    expect(code).toBe(2);
    expect(err).toContain('edits of flux-repo.yaml that were not applied yet');
    expect(err).toContain('apply, then run the same command again');
  });

  test('what was applied and taken out of the model', async () => {
    const { run, edit } = await madeRepository();
    edit('flux-repo.yaml', '  web:\n    image: nginx:1.27\n', '  api:\n    image: a\n');
    const { code, err } = await run('add', 'app', 'web', '--yes');
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('its files are here already') });
  });

  test('anything, while the bookkeeping does not tell what was applied', async () => {
    const { run, root } = await madeRepository();
    rmSync(join(root, '.flux-repo/lock/repository.json'));
    const { code, err } = await run('add', 'app', 'api', '--yes');
    expect(code).toBe(2);
    expect(err).toContain('cannot tell what was applied last');
    expect(err).toContain('git restore .flux-repo');
  });
});
