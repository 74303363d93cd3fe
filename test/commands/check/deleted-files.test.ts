import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { madeRepository } from '../../support/made-repository.ts';
import { outputDocument } from '../../support/output-schema.ts';

/** What `check` says of a new repository without one of its files. */
async function checkedWithout(path: string, ...words: string[]) {
  const repository = await madeRepository(words);
  rmSync(join(repository.root, path));
  const problems = outputDocument((await repository.run('check', '--json')).out).problems;
  const found = problems.map(({ severity, rule, file, hint }) => ({ severity, rule, file, hint }));
  return { ...repository, found };
}

const back = (path: string) => expect.stringContaining(`apply --theirs ${path}`);

describe('A generated file that was deleted', () => {
  test('is missed by the cluster that it was all of', async () => {
    const file = 'clusters/production/cluster-config.yaml';
    const { found } = await checkedWithout(file, '--layout', 'fleet');

    expect(found).toEqual([{ severity: 'warning', rule: 'managed/missing', file, hint: back(file) }]);
  });

  test('may stay away, where the model says why', async () => {
    const file = 'clusters/production/cluster-config.yaml';
    const repository = await checkedWithout(file, '--layout', 'fleet');
    const checkedWith = async (comment: string) => {
      writeFileSync(
        join(repository.root, 'flux-repo.yaml'),
        `${model}# flux-repo-ignore managed/missing: ${comment}\n`,
      );
      return outputDocument((await repository.run('check', '--json')).out).problems.map(({ rule }) => rule);
    };
    const model = readFileSync(join(repository.root, 'flux-repo.yaml'), 'utf8');

    expect(await checkedWith(`${file}, set by Terraform`)).toEqual([]);
    expect(await checkedWith(file)).toContain('managed/missing');
    expect(await checkedWith('clusters/production/other.yaml, set by Terraform')).toContain('managed/missing');
  });

  test('fails what takes variables from it', async () => {
    const file = 'clusters/production/cluster-vars.yaml';
    const { found } = await checkedWithout(file, '--layout', 'standard');

    expect(found).toContainEqual({ severity: 'warning', rule: 'managed/missing', file, hint: back(file) });
    expect(found).toContainEqual(expect.objectContaining({ severity: 'error', rule: 'reference/substitute-from' }));
  });

  test('fails the Kustomization whose folder has nothing else, since git keeps no empty folder', async () => {
    const path = 'apps/overlays/production/web/kustomization.yaml';
    const { found } = await checkedWithout(path, '--app', 'web');
    const file = 'apps/overlays/production/web.yaml';

    expect(found).toEqual([{ severity: 'error', rule: 'reference/path', file, hint: back(path) }]);
  });

  test('is told once, where a list names it', async () => {
    const path = 'apps/overlays/production/namespaces.yaml';
    const { found } = await checkedWithout(path, '--app', 'web');
    const file = 'apps/overlays/production/kustomization.yaml';

    expect(found).toEqual([{ severity: 'error', rule: 'kustomize/missing-file', file, hint: back(path) }]);
  });

  test('is a note when no cluster reads it', async () => {
    const { found } = await checkedWithout('README.md', '--app', 'web');

    expect(found).toMatchObject([{ severity: 'info', rule: 'managed/drift', file: 'README.md' }]);
  });
});
