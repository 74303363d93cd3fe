import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { repositoryForForge } from '../../publish/published-repository.ts';
import { type MadeRepository, madeRepository } from '../../support/made-repository.ts';

const apps = 'clusters/production/apps.yaml';

/** A mistake that `check --fix` mends. */
function mistype(repository: MadeRepository): void {
  repository.edit(apps, '- name: infrastructure\n', '- name: infrastucture\n');
}

describe('check --fix', () => {
  test('with --commit commits what it fixed, and nothing else', async () => {
    const repository = await madeRepository();
    mistype(repository);
    repository.git('commit', '--quiet', '--all', '--message', 'Mistype');
    repository.write('notes.txt', 'mine');
    const { code, out, err } = await repository.run('check', '--fix', '--commit', '--yes');
    expect(code, out + err).toBe(0);
    expect(out).toContain(`Fixed ${apps}.`);
    expect(repository.git('log', '-1', '--format=%B').trim()).toBe('Fix what check found');
    expect(repository.git('show', '--name-only', '--format=')).toBe(apps);
    expect(repository.git('status', '--short')).toBe('?? notes.txt');
  });

  test('with --pull-request proposes it', async () => {
    const { forge, repository } = await repositoryForForge();
    mistype(repository);
    repository.git('commit', '--quiet', '--all', '--message', 'Mistype');
    await repository.run('publish', '--yes');
    const { code, out, err } = await repository.run('check', '--fix', '--pull-request', '--yes');
    expect(code, err).toBe(0);
    expect(out).toContain('http://forge/pulls/1');
    const [pull] = forge.repositories.get('acme/demo')?.pulls ?? [];
    expect(pull).toMatchObject({ title: 'Fix what check found', base: 'main' });
    expect(pull?.body).toMatch(/It mends:\n\n- error `reference\/depends-on` in `clusters\/production/);
  });

  test('commits only what it fixes, and only in a repository of ours', async () => {
    const repository = await madeRepository();
    const alone = await repository.run('check', '--commit');
    expect([alone.code, alone.err]).toEqual([2, expect.stringContaining('check --fix --commit')]);
    mistype(repository);
    repository.git('rm', '--quiet', '-r', '--cached', '.flux-repo', 'flux-repo.yaml');
    repository.git('mv', apps, 'clusters/production/mine.yaml');
    rmSync(`${repository.root}/flux-repo.yaml`);
    const foreign = await repository.run('check', '--fix', '--commit', '--yes');
    expect([foreign.code, foreign.err]).toEqual([2, expect.stringContaining('no repository of create-flux-repo')]);
  });
});
