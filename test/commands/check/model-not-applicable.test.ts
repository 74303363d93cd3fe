import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type MadeRepository, madeRepository } from '../../support/made-repository.ts';
import { outputDocument } from '../../support/output-schema.ts';

const words = ['--team', 'payments', '--team', 'search', '--component', 'none'];

async function checked({ run }: MadeRepository) {
  const { code, out } = await run('check', '--json');
  const problems = outputDocument(out).problems.filter(({ severity }) => severity === 'error');
  return { code, problems: problems.map(({ rule, message, line, hint }) => ({ rule, message, line, hint })) };
}

describe('What apply would refuse, check tells before:', () => {
  test('a team that was renamed in flux-repo.yaml', async () => {
    const repository = await madeRepository(words);
    repository.edit('flux-repo.yaml', '\n  payments:', '\n  paymints:');
    const { code, problems } = await checked(repository);

    expect(await repository.run('apply', '--yes')).toMatchObject({ code: 3 });
    expect(code).toBe(1);
    expect(problems).toEqual([
      {
        rule: 'model/removed-unit',
        message:
          'flux-repo.yaml no longer has team payments, whose files are still here; it looks as if team paymints were its new name',
        line: repository.read('flux-repo.yaml').split('\n').indexOf('  paymints:') + 1,
        hint: 'Give it its old name back; another name is another team: add that one, then remove payments.',
      },
    ]);
  });

  test('a team that was taken out of flux-repo.yaml', async () => {
    const repository = await madeRepository(words);
    repository.edit('flux-repo.yaml', '\n  payments:\n    source: path', '');
    const { problems } = await checked(repository);

    expect(await repository.run('apply', '--yes')).toMatchObject({ code: 3 });
    expect(problems).toMatchObject([
      { rule: 'model/removed-unit', hint: expect.stringMatching(/^Put it back .* remove team payments$/) },
    ]);
  });

  test.each([
    ['is deleted', undefined, 'is not there', 'git restore flux-repo.yaml'],
    ['is no text', Buffer.from([0xff, 0xfe, 0x00]), 'no UTF-8 text', 'Save it as UTF-8'],
  ])('that flux-repo.yaml %s', async (_, contents, message, hint) => {
    const repository = await madeRepository(words);
    const file = join(repository.root, 'flux-repo.yaml');
    if (contents === undefined) rmSync(file);
    else writeFileSync(file, contents);
    const { code, problems } = await checked(repository);

    expect(code).toBe(1);
    expect(problems).toContainEqual({
      rule: 'model/invalid',
      message: expect.stringContaining(message),
      line: undefined,
      hint: expect.stringContaining(hint),
    });
  });
});
