import { expect, test } from 'vitest';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';

const teams = [
  ['shop', '--code-owner', '@acme/shop'],
  ['search', '--environment', 'production', '--code-owner', '@acme/search', '--code-owner', '@acme/platform'],
] as const;

async function addTeam({ run }: MadeRepository, words: readonly string[]): Promise<void> {
  const { code, err } = await run('add', 'team', ...words, '--yes', '--commit');
  expect(code, err).toBe(0);
}

/** What differs is only what was made at random, and our notes on it. */
function comparable({ files }: MadeRepository): Record<string, string> {
  return Object.fromEntries(Object.entries(files()).filter(([path]) => !path.startsWith('.flux-repo/')));
}

test.for(['standard', 'multi-tenant', 'fleet'])(
  'two people add a team each (%s): merged and resolved it is as if one had added both',
  async (layout) => {
    const argv = ['--layout', layout, '--component', 'none', '--app', 'web', '--provider', 'github', '--owner', 'acme'];
    const together = await madeRepository(argv);
    for (const team of teams) await addTeam(together, team);

    const merged = await madeRepository(argv);
    const base = merged.git('branch', '--show-current');
    merged.git('checkout', '--quiet', '-b', 'one');
    await addTeam(merged, teams[0]);
    merged.git('checkout', '--quiet', base);
    await addTeam(merged, teams[1]);
    expect(() => merged.git('merge', '--quiet', 'one')).toThrow();
    const { code, err } = await merged.run('resolve', '--yes');
    expect(code, err).toBe(0);
    merged.git('commit', '--quiet', '--message', 'Merge');

    const found = comparable(merged);
    expect(found['.github/CODEOWNERS']).toContain(
      '/teams/search/ @acme/search @acme/platform\n/teams/shop/ @acme/shop\n',
    );
    expect(found).toEqual(comparable(together));
    expect((await merged.run('apply')).out).toContain('Nothing to do');
  },
);
