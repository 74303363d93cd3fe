import { expect, test } from 'vitest';
import { madeRepository } from '../../support/made-repository.ts';

const file = 'apps/overlays/production/web/db.sops.yaml';

async function withSecret(...commit: readonly string[]) {
  const made = await madeRepository(['--app', 'web', '--cluster', 'production', '--component', 'none']);
  made.write('../password', 'hunter2');
  const { code, err } = await made.run(
    ...['secrets', 'create', 'db', '--app', 'web', '--from-file', 'password=../password', '--yes', ...commit],
  );
  expect(code, err).toBe(0);
  return made;
}

test('encrypted values that no commit has are not removed', async () => {
  const { run, files } = await withSecret();
  const before = files();
  expect(await run('remove', 'app', 'web', '--yes')).toMatchObject({ code: 3, err: expect.stringContaining(file) });
  expect(files()).toEqual(before);
});

test('those that git has are named when they go, and come back from there', async () => {
  const { run, files, git } = await withSecret('--commit');
  const { code, out } = await run('remove', 'app', 'web', '--yes', '--commit');
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`stay in git's history:`) });
  expect(out).toContain(file);
  expect(Object.keys(files())).not.toContain(file);
  git('checkout', 'HEAD~1', '--', file);
});
