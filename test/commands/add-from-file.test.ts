import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { madeRepository } from '../support/made-repository.ts';

describe('answers from a file', () => {
  test.each([
    [
      'as the entry of the model has them',
      'name: db\nchart:\n  url: oci://b/db\n  version: "1.10"\ndependsOn: [web]\n',
    ],
    ['by the names of the flags', 'name: db\nchart: oci://b/db\nchart-version: "1.10"\ndepends-on: web\n'],
    ['as JSON', '{"name": "db", "chart": {"url": "oci://b/db", "version": "1.10"}, "dependsOn": ["web"]}'],
  ])('%s', async (_, text) => {
    const { run, write, read } = await madeRepository();
    write('answers.yaml', text);
    expect((await run('add', 'app', '--config', 'answers.yaml', '--yes')).code).toBe(0);
    expect(read('flux-repo.yaml')).toContain(
      '  db:\n    chart:\n      url: oci://b/db\n      version: "1.10"\n    dependsOn:\n      - web\n',
    );
  });

  test("have every field of the unit's entry in the model", async () => {
    const { run, write, read } = await madeRepository();
    const app = [
      'image: ghcr.io/acme/db:1.2',
      'namespace: data',
      'port: 8080',
      'replicas: 3',
      'healthPath: /healthz',
      'dependsOn: [web]',
      'environments: {staging: {replicas: 1}}',
      'secrets: {login: {keys: [password], environments: [staging]}}',
      'interval: 1m',
      'timeout: 2m',
    ];
    write('answers.yaml', ['name: db', ...app].join('\n'));
    expect(await run('add', 'app', '--config', 'answers.yaml', '--yes')).toMatchObject({ code: 0 });
    const { apps } = parse(read('flux-repo.yaml'));
    expect(apps.db).toEqual(parse(app.join('\n')));
    expect(read('apps/base/db/deployment.yaml')).toContain('replicas: 3');
    write(
      'answers.yaml',
      'name: metrics\nchart: {url: oci://a/metrics, version: 1.x}\nvalues: {a: [1]}\nrequired: true\n',
    );
    expect(await run('add', 'component', '--config', 'answers.yaml', '--yes')).toMatchObject({ code: 0 });
    write('answers.yaml', 'name: qa\nvariables: {a: "1"}\nintervals: {apps: 1m}\n');
    expect(await run('add', 'environment', '--config', 'answers.yaml', '--yes')).toMatchObject({ code: 0 });
    const model = parse(read('flux-repo.yaml'));
    expect(model.components.metrics).toMatchObject({ values: { a: [1] }, required: true });
    expect(model.environments.qa).toEqual({ variables: { a: '1' }, intervals: { apps: '1m' } });
    expect((await run('apply')).out).toContain('Nothing to do');
  });

  test('on stdin, and flags win', async () => {
    const { run, system, read } = await madeRepository();
    system.stdin.end('name: eu\nenvironment: staging\nvariables: {region: eu, zone: "1"}\n');
    const { code } = await run('add', 'cluster', '--config', '-', '--environment', 'production', '--yes');
    expect(code).toBe(0);
    expect(read('flux-repo.yaml')).toContain('  eu:\n    environment: production\n');
    expect(read('clusters/eu/cluster-vars.yaml')).toMatch(/region: eu\n *zone: "1"\n/);
  });

  test.each([
    ['imgae: a\nname: db\n', 'answers.yaml:1:1 unknown key "imgae"', 'did you mean "image"?'],
    ['name: db\nvariables: {}\n', 'answers.yaml:2:1 unknown key "variables"', 'known: name, image, port'],
    ['name: db\nintervall: 1m\n', 'answers.yaml:2:1 unknown key "intervall"', 'did you mean "interval"?'],
    ['name: db\ninterval: often\n', 'cannot add app db: interval: must be a duration', '--help'],
    ['name: db\nport: [8080]\n', 'answers.yaml:2:1 port: must be one text', '--help'],
    ['name: db\norigin: chart\n', 'answers.yaml:2:1 unknown key "origin"', 'known: name'],
    ['name: db\nchart: {ulr: a}\n', 'answers.yaml:2:9 unknown key "chart.ulr"', 'did you mean "chart.url"?'],
    ['name: db\nchart-version: 1.10\n', 'answers.yaml:2:1 chart-version: must be text; write it in quotes', '--help'],
    ['name: [a, b]\n', 'answers.yaml:1:1 name: must be one text', '--help'],
    ['depends-on: a\ndependsOn: b\n', 'answers.yaml:2:1 dependsOn: is given twice', '--help'],
    ['- name\n', 'there must be a map of answers', '--help'],
    ['', 'there must be a map of answers', '--help'],
    ['name: [\n', 'answers.yaml:2:1', '--help'],
    ['image: a\n', 'NAME is missing', 'add app web --config answers.yaml --yes'],
  ])('%j is refused with its position', async (text, told, hint) => {
    const { run, write, files } = await madeRepository();
    write('answers.yaml', text);
    const before = files();
    const { code, err } = await run('add', 'app', '--config', 'answers.yaml', '--yes');
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(told) });
    expect(err.slice(err.indexOf('Try:'))).toContain(hint);
    expect(files()).toEqual(before);
  });

  test('that are not there are named', async () => {
    const { run } = await madeRepository();
    const { code, err } = await run('add', 'app', 'db', '--config', 'none.yaml', '--yes');
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot read the answers in none.yaml'),
    });
  });
});
