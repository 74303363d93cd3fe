import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';
import { recipientsOf } from '../support/repository-with-secrets.ts';

const own = 'ssh://git@github.com/acme/search';
const path = (environment: string) => `tenants/overlays/${environment}/search/deploy-key.sops.yaml`;
const addition = ['add', 'cluster', 'qa1', '--environment', 'qa', '--yes', '--commit'];

/** With a team that has its own repository, and an environment that waits for its first cluster. */
async function withTeam(layout: string): Promise<MadeRepository> {
  const made = await madeRepository(['--layout', layout, '--component', 'none', '--team', `search,source=${own}`]);
  expect((await made.run('add', 'environment', 'qa', '--yes', '--commit')).code).toBe(0);
  return made;
}

describe('The first cluster of an environment', () => {
  test.each(['multi-tenant', 'fleet'])(
    'has the credentials that teams have everywhere, in layout %s',
    async (layout) => {
      const made = await withTeam(layout);
      const { code, out, err } = await made.run(...addition);
      expect(code, err).toBe(0);
      expect(out).not.toContain('has no file yet');
      const shown = (environment: string) => made.run('secrets', 'show', path(environment), 'identity', '--force');
      expect((await shown('qa')).out).toBe((await shown('production')).out);
      expect(recipientsOf(made, path('qa'))).not.toEqual(recipientsOf(made, path('production')));
      expect(await made.run('check')).toMatchObject({ code: 0 });
      expect(made.git('status', '--porcelain')).toBe('');
    },
  );

  test('is told the command that makes them, where no private key opens those of another environment', async () => {
    const made = await withTeam('multi-tenant');
    rmSync(`${made.system.home}/.config/create-flux-repo`, { recursive: true });
    const { code, out, err } = await made.run(...addition);
    expect(code, err).toBe(0);
    const steps = out.slice(out.indexOf('Next steps'));
    expect(steps).toContain('secrets create deploy-key --team search --environment qa');
  });
});
