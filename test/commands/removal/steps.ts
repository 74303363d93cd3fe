import { expect } from 'vitest';
import type { MadeRepository } from '../../support/made-repository.ts';
import type { Run } from '../../support/run-main.ts';

/** Every cluster that the repositories of these tests have. */
const clusters = ['production', 'staging', 'development', 'eu'];

/** One phase of a removal, with a commit; whoever asks for it has seen every cluster. */
export async function removePhase({ run }: MadeRepository, ...words: readonly string[]): Promise<Run> {
  const vouched = clusters.flatMap((cluster) => ['--confirm', cluster]);
  const isPhased = words[0] !== 'cluster' && words[0] !== 'environment';
  const confirm = ['--confirm', words[1] ?? '', ...(isPhased ? vouched : [])];
  const done = await run('remove', ...words, ...confirm, '--yes', '--commit');
  expect(done.code, done.err).toBe(0);
  return done;
}

/** All phases. @returns how many there were */
export async function removeWholly(made: MadeRepository, ...words: readonly string[]): Promise<number> {
  for (let count = 1; ; count++) {
    const { out } = await removePhase(made, ...words);
    if (!out.startsWith('Removed')) continue;
    expect((await made.run('apply', '--yes')).out).toContain('Nothing to do');
    expect(made.git('status', '--porcelain')).toBe('');
    return count;
  }
}
