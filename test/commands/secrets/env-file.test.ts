import { expect, test } from 'vitest';
import { secretsRepository, webDb } from '../../support/secrets-repository.ts';

const create = ['create', 'db', '--app', 'web'];

test('secrets create says when quotes of a file of lines become part of a value', async () => {
  const { secrets, beside, opened } = await secretsRepository();
  const lines = beside('db.env', 'password="mark-er-1"\nuser=mark-er-2\n');
  const { code, out } = await secrets([...create, '--from-env-file', lines, '--yes']);
  expect({ code, out: out.replace(/\s+/g, ' ') }).toMatchObject({
    code: 0,
    out: expect.stringContaining('The quotes around password are part of the value, as with kubectl'),
  });
  expect(await opened(webDb('staging'))).toMatchObject({ stringData: { password: '"mark-er-1"' } });
});
