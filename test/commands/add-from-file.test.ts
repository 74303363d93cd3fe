import { describe, expect, test } from 'vitest';
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
    ['name: db\nreplicas: 2\n', 'answers.yaml:2:1 unknown key "replicas"', 'known: name, image, chart'],
    ['name: db\norigin: chart\n', 'answers.yaml:2:1 unknown key "origin"', 'known: name'],
    ['name: db\nchart: {ulr: a}\n', 'answers.yaml:2:9 unknown key "chart.ulr"', 'did you mean "chart.url"?'],
    ['name: db\nchart-version: 1.10\n', 'answers.yaml:2:1 chart-version: must be text; write it in quotes', '--help'],
    ['name: [a, b]\n', 'answers.yaml:1:1 name: must be one text', '--help'],
    ['depends-on: a\ndependsOn: b\n', 'answers.yaml:2:1 dependsOn: is given twice', '--help'],
    ['- name\n', 'there must be a map of answers', '--help'],
    ['', 'there must be a map of answers', '--help'],
    ['name: [\n', 'answers.yaml:2:1', '--help'],
    ['image: a\n', 'NAME is missing', 'add app web --image a --yes'],
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
