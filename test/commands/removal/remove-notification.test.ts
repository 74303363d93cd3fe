import { describe, expect, test } from 'vitest';
import { changedPaths, madeRepository } from '../../support/made-repository.ts';

const webhook = 'https://hooks.slack.com/services/T000/B000/abcdefghijklmnop';
const flags = ['--component', 'none', '--cluster', 'production', '--cluster', 'staging'];
const slack = ['slack', '--channel', 'alerts', '--secret-env', 'SLACK_URL', '--yes', '--commit'];

async function withSlack(own: readonly string[] = [], words: readonly string[] = []) {
  const made = await madeRepository([...flags, ...own]);
  made.system.env = { ...made.system.env, SLACK_URL: webhook };
  const before = made.files();
  const { code, err } = await made.run('add', 'notification', ...slack, ...words);
  expect(code, err).toBe(0);
  return { ...made, before };
}

describe('remove notification', () => {
  test('takes it out at once, with its credential, and leaves the tree as it was before', async () => {
    const { run, files, git, before } = await withSlack();
    const { code, out, err } = await run('remove', 'notification', 'slack', '--yes', '--commit');

    expect(code, err).toBe(0);
    expect(out).toContain('Removed notification slack');
    expect(out).toContain('take back what slack was known by');
    expect(changedPaths(before, files())).toEqual([]);
    expect(git('status', '--porcelain')).toBe('');
  });

  test('goes with its team', async () => {
    const { run, read } = await withSlack(['--layout', 'multi-tenant', '--team', 'shop'], ['--team', 'shop']);
    for (const more of [[], ['--confirm', 'production', '--confirm', 'staging']]) {
      const { code, err } = await run('remove', 'team', 'shop', '--confirm', 'shop', ...more, '--yes', '--commit');
      expect(code, err).toBe(0);
    }

    expect(read('flux-repo.yaml')).not.toContain('slack');
    expect((await run('apply', '--yes')).out).toContain('Nothing to do');
  });

  test('is not left without an environment', async () => {
    const { run } = await withSlack([], ['--environment', 'staging']);
    expect((await run('remove', 'cluster', 'staging', '--confirm', 'staging', '--yes', '--commit')).code).toBe(0);

    expect(await run('remove', 'environment', 'staging', '--confirm', 'staging', '--yes')).toMatchObject({
      code: 2,
      err: expect.stringContaining('notification slack is only there'),
    });
  });
});
