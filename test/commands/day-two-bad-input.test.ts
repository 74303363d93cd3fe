import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';
import { outputDocument } from '../support/output-schema.ts';

/** What a person typed, edited or made, and what they are told. */
interface Case {
  name: string;
  argv: readonly string[];
  /** Of `flux-repo.yaml`: a text, and what it becomes. */
  edit?: readonly [from: string, to: string];
  /** A file of theirs. */
  write?: string;
  code: number;
  told: readonly string[];
}

const start = ['--layout', 'multi-tenant', '--component', 'none', '--app', 'web', '--team', 'shop', '--team', 'search'];

const cases: readonly Case[] = [
  {
    name: 'a team that is there',
    argv: ['add', 'team', 'shop', '--source', 'ssh://git@github.com/acme/shop', '--yes'],
    code: 2,
    told: ['cannot add team shop: it exists already', 'flux-repo.yaml:33:3 has it'],
  },
  {
    name: 'a team called as an app',
    argv: ['add', 'team', 'web', '--yes'],
    code: 2,
    told: ['"web" is taken by app "web"', 'flux-repo.yaml:27:3 has app web'],
  },
  {
    name: 'an app in the namespace of a team',
    argv: ['add', 'app', 'api', '--image', 'nginx:1.27', '--namespace', 'shop', '--yes'],
    code: 2,
    told: ['namespace "shop" belongs to', 'flux-repo.yaml:33:3 has team shop'],
  },
  {
    name: 'an app in the namespace of a team, in the model',
    argv: ['apply', '--yes'],
    edit: ['    image: nginx:1.27\n', '    image: nginx:1.27\n    namespace: shop\n'],
    code: 2,
    told: ['flux-repo.yaml:29:5 apps.web.namespace: namespace "shop" belongs to'],
  },
  {
    name: 'a file of somebody where one is to be',
    argv: ['add', 'app', 'api', '--image', 'nginx:1.27', '--yes'],
    write: 'apps/base/api/deployment.yaml',
    code: 3,
    told: ['apps/base/api/deployment.yaml'],
  },
  {
    name: 'a file where a folder is to be',
    argv: ['add', 'app', 'api', '--image', 'nginx:1.27', '--yes'],
    write: 'apps/base/api',
    code: 1,
    told: ['apps/base/api is a file, where a folder must be'],
  },
  {
    name: 'a cluster of an environment that is not there',
    argv: ['add', 'cluster', 'eu', '--environment', 'prod', '--yes'],
    code: 2,
    told: [
      'environment "prod" does not exist',
      'flux-repo.yaml:16:3 knows production',
      'add cluster eu --environment production',
    ],
  },
  {
    name: 'a team in an environment that is not there',
    argv: ['add', 'team', 'x', '--environment', 'prod', '--yes'],
    code: 2,
    told: ['environment "prod" does not exist', 'flux-repo.yaml:16:3 knows production'],
  },
  {
    name: 'an environment like one that is not there',
    argv: ['add', 'environment', 'qa', '--from', 'prod', '--yes'],
    code: 2,
    told: ['environment "prod" does not exist', 'flux-repo.yaml:16:3 knows production'],
  },
  {
    name: 'an environment that is not there, in the model',
    argv: ['apply', '--yes'],
    edit: ['  shop:\n    source: path\n', '  shop:\n    source: path\n    environments:\n      - prod\n'],
    code: 2,
    told: ['flux-repo.yaml:36:9 teams.shop.environments[0]: environment "prod" does not exist'],
  },
  {
    name: 'the removal of the last cluster',
    argv: ['remove', 'cluster', 'production', '--confirm', 'production', '--yes'],
    code: 2,
    told: ['it is the last one', 'flux-repo.yaml:20:3 has no other'],
  },
  {
    name: 'the removal of an environment with a cluster',
    argv: ['remove', 'environment', 'production', '--yes'],
    code: 2,
    told: ['flux-repo.yaml:21:5 cluster production is of it'],
  },
  {
    name: 'a model of a newer version, for add',
    argv: ['add', 'app', 'x', '--yes'],
    edit: ['version: 1', 'version: 2'],
    code: 2,
    told: ['flux-repo.yaml:3:1 version: format 2 was written by a newer', 'npx create-flux-repo@latest'],
  },
  {
    name: 'a model of a newer version, for remove',
    argv: ['remove', 'team', 'shop', '--confirm', 'shop', '--yes'],
    edit: ['version: 1', 'version: 2'],
    code: 2,
    told: ['flux-repo.yaml:3:1 version: format 2 was written by a newer', 'npx create-flux-repo@latest'],
  },
  {
    name: 'a model of a newer version, for apply',
    argv: ['apply', '--yes'],
    edit: ['version: 1', 'version: 2'],
    code: 2,
    told: ['flux-repo.yaml:3:1 version: format 2 was written by a newer', 'npx create-flux-repo@latest'],
  },
  {
    name: 'a model of a newer version, for diff',
    argv: ['diff'],
    edit: ['version: 1', 'version: 2'],
    code: 2,
    told: ['flux-repo.yaml:3:1 version: format 2 was written by a newer', 'npx create-flux-repo@latest'],
  },
  {
    name: '--yes to the removal of a team, without its name',
    argv: ['remove', 'team', 'shop', '--yes'],
    code: 3,
    told: ['cannot remove team shop without a confirmation', 'remove team shop --confirm shop --yes'],
  },
  {
    name: '--yes to the removal of a team, with another name',
    argv: ['remove', 'team', 'shop', '--confirm', 'search', '--yes'],
    code: 3,
    told: ['--confirm says search, not shop'],
  },
  {
    name: '--yes to the removal of a cluster, without its name',
    argv: ['remove', 'cluster', 'eu', '--yes'],
    edit: ['clusters:\n', 'clusters:\n  eu:\n    environment: production\n'],
    code: 3,
    told: ['cannot remove cluster eu without a confirmation'],
  },
  {
    name: '--yes to the removal of an environment, without its name',
    argv: ['remove', 'environment', 'qa', '--yes'],
    edit: ['environments:\n', 'environments:\n  qa: {}\n'],
    code: 3,
    told: ['cannot remove environment qa without a confirmation'],
  },
  {
    name: 'another name for a team, in the model',
    argv: ['apply', '--yes'],
    edit: ['  shop:\n', '  store:\n'],
    code: 3,
    told: ['flux-repo.yaml no longer has team shop', 'team shop is now team store', 'add it, then remove the old one'],
  },
  {
    name: 'a team twice in the model',
    argv: ['apply', '--yes'],
    edit: ['  shop:\n    source: path\n', '  shop:\n    source: path\n  shop:\n    source: path\n'],
    code: 2,
    told: ['flux-repo.yaml:35:3 the key shop is there twice'],
  },
  {
    name: 'a phase in the model that takes out nothing',
    argv: ['apply', '--yes'],
    edit: ['    image: nginx:1.27\n', '    image: nginx:1.27\n    removing:\n      phase: release\n'],
    code: 2,
    told: ['flux-repo.yaml:29:5 apps.web.removing: is for charts'],
  },
];

async function prepared({ edit, write }: Case): Promise<MadeRepository> {
  const made = await madeRepository(start);
  if (edit) made.edit('flux-repo.yaml', ...edit);
  if (write) {
    mkdirSync(dirname(join(made.root, write)), { recursive: true });
    made.write(write, 'mine: true\n');
  }
  return made;
}

test.each(cases)('$name: told, in JSON too, and nothing written', async (row) => {
  const made = await prepared(row);
  const before = made.files();
  const { code, err } = await made.run(...row.argv);
  expect(code, err).toBe(row.code);
  for (const text of row.told) expect(err.replace(/\s+/g, ' ')).toContain(text);
  const json = await made.run(...row.argv, '--json');
  expect(json.code).toBe(row.code);
  expect(outputDocument(json.out)).toMatchObject({ ok: false, error: { code: expect.any(String) } });
  expect(made.files()).toEqual(before);
});
