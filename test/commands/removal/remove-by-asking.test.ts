import { describe, expect, test } from 'vitest';
import { madeRepository } from '../../support/made-repository.ts';
import { keys, personAt } from '../../support/terminal.ts';

const { down, enter, interrupt } = keys;

async function removing(...argv: string[]) {
  const made = await madeRepository(['--component', 'none', '--team', 'shop', '--app', 'web'], { columns: 100 });
  const run = (...words: string[]) => made.run('remove', ...words).then(({ code }) => code);
  return { ...made, person: personAt(made.system), code: run(...argv), again: run };
}

describe('asking what to remove', () => {
  test('which team, its name once more, the plan; and then whether each cluster is rid of it', async () => {
    const { person, code, again, read } = await removing('team');
    await person.answer('Which team?', enter);
    await person.answer('Type shop to remove it', 'shop', enter);
    const review = await person.see('Apply this?');
    expect(review).toContain('Phase 1 of 2');
    await person.answer('', enter);
    expect(await code).toBe(0);
    const second = again('team', 'shop');
    await person.answer('Is it gone from production', down, enter);
    await person.answer('Is it gone from staging', enter);
    expect(await second).toBe(3);
    expect(read('flux-repo.yaml')).toContain('phase: sync');
  });

  test('Ctrl-C removes nothing', async () => {
    const { person, code, git } = await removing('cluster', 'staging');
    await person.answer('Type staging to remove it', interrupt);
    expect(await code).toBe(130);
    expect(git('status', '--porcelain')).toBe('');
  });
});
