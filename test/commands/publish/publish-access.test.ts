import { describe, expect, test } from 'vitest';
import { repositoryForForge } from '../../publish/published-repository.ts';

/** Without the breaks of lines. */
const flat = (text: string) => text.replace(/\s+/g, ' ');

async function withAccess(access: string) {
  const made = await repositoryForForge();
  const { repository } = made;
  repository.edit('flux-repo.yaml', '\n  branch:', `\n  access: ${access}\n  branch:`);
  const { code, err } = await repository.run('apply', '--yes', '--commit');
  expect(code, err).toBe(0);
  return made;
}

describe('teams under repository.access', () => {
  test('are given the repository, once', async () => {
    const { forge, repository } = await withAccess('{ ops: write }');
    expect(await repository.run('publish', '--yes')).toMatchObject({ code: 0 });
    expect(forge.repositories.get('acme/demo')?.teams).toEqual(['ops']);
    const written = forge.writes().length;
    expect((await repository.run('publish')).out).toContain('Nothing to do');
    expect(forge.writes()).toHaveLength(written);
  });

  test('whose answer was lost are found again', async () => {
    const { forge, repository } = await withAccess('{ ops: write }');
    forge.after = ({ method, path }) => method === 'PUT' && path.includes('/teams/');
    expect(await repository.run('publish', '--yes')).toMatchObject({ code: 0 });
    expect(forge.repositories.get('acme/demo')?.teams).toEqual(['ops']);
  });

  test('that may do less are told where that is set', async () => {
    const { repository } = await withAccess('{ guests: write }');
    const { code, out } = await repository.run('publish', '--yes');
    expect([code, flat(out)]).toEqual([0, expect.stringContaining('guests has it now, but may only read')]);
    expect(out).toContain('Give guests the role write in acme/demo');
  });

  test('that are not there fail alone, and the branch is protected all the same', async () => {
    const { forge, repository } = await withAccess('{ nobody: read }');
    const { code, err } = await repository.run('publish', '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('cannot give team nobody access to acme/demo')]);
    expect(forge.repositories.get('acme/demo')?.protections).toHaveLength(1);
  });

  test('are words of the provider', async () => {
    const { repository } = await repositoryForForge();
    repository.edit('flux-repo.yaml', '\n  branch:', '\n  access: { acme/ops: write, web: owner }\n  branch:');
    const { code, err } = await repository.run('apply');
    expect([code, err]).toEqual([2, expect.stringContaining('read, write')]);
  });
});

describe('the label of pull requests', () => {
  test('is made once', async () => {
    const { forge, repository } = await repositoryForForge();
    await repository.run('publish', '--yes');
    expect(forge.repositories.get('acme/demo')?.labels).toMatchObject([{ name: 'flux-repo', color: '#326ce5' }]);
  });

  test('that the server refuses is no failure', async () => {
    const { forge, repository } = await repositoryForForge();
    forge.before = ({ path }) => (path.endsWith('/labels') ? { status: 403, json: { message: 'no' } } : undefined);
    const { code, out } = await repository.run('publish', '--yes');
    expect([code, out]).toEqual([0, expect.stringContaining('Not done: Make the label flux-repo')]);
  });
});
