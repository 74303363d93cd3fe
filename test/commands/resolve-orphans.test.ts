import { expect, test } from 'vitest';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';
import { secretsRepository, webDb } from '../support/secrets-repository.ts';

const own = 'ssh://git@github.com/acme/search';

async function done({ run }: MadeRepository, ...words: string[]): Promise<void> {
  const { code, err } = await run(...words, '--yes', '--commit');
  expect(code, err).toBe(0);
}

const sealedFiles = ({ files }: MadeRepository) =>
  Object.keys(files()).filter((path) => path.endsWith('.sops.yaml') && path !== '.sops.yaml');

test('The credentials of a team that another branch removed go with it, those of a new environment too', async () => {
  const made = await madeRepository(['--layout', 'fleet', '--component', 'none', '--team', `search,source=${own}`]);
  await done(made, 'add', 'environment', 'qa');
  made.git('switch', '--quiet', '--create', 'other');
  await done(made, 'remove', 'team', 'search', '--confirm', 'search');
  const vouched = ['production', 'staging', 'development'].flatMap((name) => ['--confirm', name]);
  await done(made, 'remove', 'team', 'search', '--confirm', 'search', ...vouched);
  made.git('switch', '--quiet', 'main');
  await done(made, 'add', 'cluster', 'qa', '--environment', 'qa');
  expect(sealedFiles(made)).toContain('tenants/overlays/qa/search/deploy-key.sops.yaml');
  expect(() => made.git('merge', '--quiet', 'other')).toThrow();
  const { code, err } = await made.run('resolve', '--yes');
  expect(code, err).toBe(0);
  expect(sealedFiles(made)).toEqual([]);
  expect(Object.keys(made.files()).filter((path) => path.includes('search'))).toEqual([]);
  expect((await made.run('apply')).out).toContain('Nothing to do');
});

test.each([
  ['ours', ['production', 'staging']],
  ['theirs', ['production']],
])('Where the side of %s is taken, its encrypted files stay and no others', async (side, environments) => {
  const made = await secretsRepository();
  const { secrets, git } = made;
  const create = async (...where: string[]) => {
    expect(await secrets(['create', 'db', '--app', 'web', ...where, '--yes'], 'password=x\n')).toMatchObject({
      code: 0,
    });
    git('add', '--all');
    git('commit', '--quiet', '--message=Create db');
  };
  git('switch', '--quiet', '--create', 'other');
  await create('--environment', 'production');
  git('switch', '--quiet', 'main');
  await create();
  expect(() => git('merge', '--quiet', 'other')).toThrow();
  const { code, err } = await made.run('resolve', `--${side}`, '--yes');
  expect(code, err).toBe(0);
  expect(sealedFiles(made)).toEqual(environments.map(webDb));
  expect((await made.run('check')).code).toBe(0);
});
