import { expect, test } from 'vitest';
import { madeRepository } from '../support/made-repository.ts';

test.each([
  ['deploymnet.yaml', 'did you mean apps/base/web/deployment.yaml?'],
  ['web/service.yaml', 'did you mean apps/base/web/service.yaml?'],
  ['apps/base/web/deployment.yml', 'did you mean apps/base/web/deployment.yaml?'],
  ['nothing-like-it.txt', 'name it by its path in the repository, for example'],
])('--theirs %s names no file: %s', async (given, hint) => {
  const { run } = await madeRepository();
  const { code, err } = await run('apply', '--theirs', given);
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(hint) });
});
