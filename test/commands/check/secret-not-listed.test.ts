import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type MadeRepository, madeRepository } from '../../support/made-repository.ts';
import { outputDocument } from '../../support/output-schema.ts';

const folder = 'apps/overlays/production/web';
const list = `${folder}/kustomization.yaml`;
const create = 'secrets create db --app web --environment production';

/** A repository with a Secret of the app, as `secrets create` leaves it. */
async function withSecret(): Promise<MadeRepository> {
  const repository = await madeRepository();
  const value = join(repository.system.home, 'password');
  writeFileSync(value, 'hunter2');
  const words = ['secrets', 'create', 'db', '--app', 'web', '--environment', 'production'];
  const made = await repository.run(...words, '--from-file', `password=${value}`, '--yes');
  expect(made).toMatchObject({ code: 0 });
  return repository;
}

async function found({ run }: MadeRepository) {
  const { problems } = outputDocument((await run('check', '--json')).out);
  return problems.filter(({ severity }) => severity !== 'info').map(({ rule, file, hint }) => ({ rule, file, hint }));
}

describe('A Secret that flux-repo.yaml declares', () => {
  test('is well when it is there and listed', async () => {
    expect(await found(await withSecret())).toEqual([]);
  });

  test('is told of once when the list lacks it, and --fix puts it there', async () => {
    const repository = await withSecret();
    const before = repository.read(list);
    repository.edit(list, '  - db.sops.yaml\n', '');

    expect(await found(repository)).toEqual([
      { rule: 'secrets/not-listed', file: list, hint: `Add - db.sops.yaml to the resources of ${list}.` },
    ]);
    expect(await repository.run('check', '--fix', '--yes')).toMatchObject({ code: 0 });
    expect(repository.read(list)).toBe(before);
    expect(await found(repository)).toEqual([]);
  });

  test('is to be created where it is neither there nor listed', async () => {
    const repository = await withSecret();
    repository.edit(list, '  - db.sops.yaml\n', '');
    rmSync(join(repository.root, folder, 'db.sops.yaml'));

    expect(await found(repository)).toEqual([
      { rule: 'secrets/not-listed', file: list, hint: expect.stringMatching(`^Create it, and add .* ${create}$`) },
    ]);
  });

  test('is to be created where it is listed and not there', async () => {
    const repository = await withSecret();
    rmSync(join(repository.root, folder, 'db.sops.yaml'));

    expect(await found(repository)).toEqual([
      { rule: 'secrets/not-created', file: list, hint: expect.stringContaining(create) },
    ]);
  });

  test('is to be applied first when it was only written into the model', async () => {
    const repository = await madeRepository();
    const secrets = '    secrets:\n      db:\n        environments: [production]\n        keys: [password]\n';
    repository.edit('flux-repo.yaml', '\n  web:\n', `\n  web:\n${secrets}`);

    expect(await found(repository)).toEqual([
      { rule: 'secrets/not-listed', file: list, hint: expect.stringMatching(`apply, then .* ${create}$`) },
    ]);
  });
});
