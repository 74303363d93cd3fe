import { describe, expect, test } from 'vitest';
import { npx } from '../../src/cli/program.ts';
import { type SecretsRepository, secretsRepository, webDb } from '../support/secrets-repository.ts';

const file = webDb('staging');

/** One Secret with two values, of which the branches changed another one each. */
async function stoppedMerge(): Promise<SecretsRepository> {
  const made = await secretsRepository();
  const { secrets, git } = made;
  const commit = (title: string) => {
    git('add', '--all');
    git('commit', '--quiet', `--message=${title}`);
  };
  const set = async (key: string, value: string) => {
    expect(await secrets(['set', file, key, '--yes'], value)).toMatchObject({ code: 0 });
    commit(`Set ${key}`);
  };
  const create = ['create', 'db', '--app', 'web', '--environment', 'staging', '--yes'];
  expect(await secrets(create, 'password=base\ntoken=base\n')).toMatchObject({ code: 0 });
  commit('Create db');
  git('switch', '--quiet', '--create', 'other');
  await set('token', 'theirs');
  git('switch', '--quiet', 'main');
  await set('password', 'ours');
  expect(() => git('merge', '--quiet', 'other')).toThrow();
  return made;
}

describe('an encrypted file that both branches changed', () => {
  test('is for a person to choose a side of, with the values to give again; never to be edited', async () => {
    const { run, read } = await stoppedMerge();
    const before = read(file);
    const { code, err } = await run('resolve', '--yes');
    expect(code).toBe(3);
    expect(err).toContain('one file in conflict is encrypted: choose a side');
    expect(err).toContain(
      [
        `  take ours: ${npx} resolve --ours ${file}`,
        '    then give again what theirs changed:',
        `      ${npx} secrets set ${file} token`,
        `    take theirs: ${npx} resolve --theirs ${file}`,
        '    then give again what ours changed:',
        `      ${npx} secrets set ${file} password`,
      ].join('\n'),
    );
    expect(err).not.toContain('edit them');
    expect(read(file)).toBe(before);
  });

  test.each(['ours', 'theirs'] as const)('is, byte for byte, that of %s where that is said', async (side) => {
    const { run, read, git, opened, secrets } = await stoppedMerge();
    const wanted = git('show', `${side === 'ours' ? 'HEAD' : 'MERGE_HEAD'}:${file}`);
    expect(await run('resolve', `--${side}`, file, '--yes')).toMatchObject({ code: 0, err: expect.any(String) });
    expect(read(file).trimEnd()).toBe(wanted);
    expect(git('ls-files', '--unmerged')).toBe('');
    expect(await opened(file)).toMatchObject({
      stringData: side === 'ours' ? { password: 'ours', token: 'base' } : { password: 'base', token: 'theirs' },
    });
    const [key, value] = side === 'ours' ? ['token', 'theirs'] : ['password', 'ours'];
    expect(await secrets(['set', file, key, '--yes'], value)).toMatchObject({ code: 0 });
    expect(await opened(file)).toMatchObject({ stringData: { password: 'ours', token: 'theirs' } });
  });
});
