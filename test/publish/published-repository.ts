import { type MadeRepository, madeRepository } from '../support/made-repository.ts';
import { type FakeForge, fakeForge } from './fake-forge.ts';

/** A made repository whose model names a forge of the test, with the token at hand. */
export async function repositoryForForge(
  options: { columns?: number; provider?: string } = {},
): Promise<{ forge: FakeForge; repository: MadeRepository }> {
  const forge = await fakeForge();
  const repository = await madeRepository(
    ['--provider', options.provider ?? 'gitea', '--owner', 'acme', '--host', 'http://127.0.0.1:1'],
    options,
  );
  repository.edit('flux-repo.yaml', 'http://127.0.0.1:1', forge.url);
  const { code, err } = await repository.run('apply', '--yes', '--commit');
  if (code !== 0) throw new Error(err);
  repository.system.env = { ...repository.system.env, GITEA_TOKEN: forge.token };
  return { forge, repository };
}
