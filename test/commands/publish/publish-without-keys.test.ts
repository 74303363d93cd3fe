import { describe, expect, test } from 'vitest';
import { repositoryForForge } from '../../publish/published-repository.ts';
import { type MadeRepository, madeRepository } from '../../support/made-repository.ts';

/** Without the breaks of lines. */
const flat = (text: string) => text.replace(/\s+/g, ' ');

const flux = 'clusters/production/flux-system/kustomization.yaml';

async function readBy(repository: MadeRepository, credential: string): Promise<void> {
  repository.edit('flux-repo.yaml', '\n  branch:', `\n  credential: ${credential}\n  branch:`);
  const { code, err } = await repository.run('apply', '--yes', '--commit');
  expect(code, err).toBe(0);
}

describe('a repository that is read with a token', () => {
  test('is published without deploy keys, and says how clusters get theirs', async () => {
    const { forge, repository } = await repositoryForForge();
    await readBy(repository, 'token');
    expect(repository.read(flux)).toContain('name: flux-system-read');
    expect(repository.read(flux)).not.toContain('/spec/provider');
    expect(repository.read('README.md')).toMatch(/flux bootstrap gitea .*--token-auth/);
    const { code, out } = await repository.run('publish', '--yes');
    expect(code).toBe(0);
    expect(forge.requests.filter((each) => each.includes('/keys'))).toEqual([]);
    expect(flat(out)).toContain('make a token that can only read acme/demo');
    expect(out).toContain(
      'printf %s "$FLUX_READ_TOKEN" | kubectl -n flux-system create secret generic flux-system-read',
    );
    expect(out).toContain('kubectl -n flux-system delete secret flux-system');
    expect((await repository.run('publish')).out).toContain('Nothing to do');
    expect((await repository.run('check')).out).not.toContain('flux-system-read');
    const rotated = await repository.run('keys', 'rotate', 'production', '--yes');
    expect([rotated.code, rotated.err]).toEqual([2, expect.stringContaining('no deploy keys')]);
  });

  test('goes back to keys when the model does', async () => {
    const { repository } = await repositoryForForge();
    await readBy(repository, 'token');
    repository.edit('flux-repo.yaml', '\n  credential: token', '');
    await repository.run('apply', '--yes', '--commit');
    expect(repository.read(flux)).not.toContain('flux-system-read');
  });
});

test('a GitHub App is named in the source, and needs GitHub', async () => {
  const onGithub = await madeRepository(['--provider', 'github', '--owner', 'acme']);
  await readBy(onGithub, 'github-app');
  expect(onGithub.read(flux)).toContain('value: github');
  expect(onGithub.read('README.md')).toMatch(/flux bootstrap github .*--token-auth/);
  onGithub.edit('flux-repo.yaml', 'credential: github-app', 'credential: deploy-token');
  const { code, err } = await onGithub.run('apply');
  expect([code, flat(err)]).toEqual([2, expect.stringContaining("is GitLab's alone")]);
});
