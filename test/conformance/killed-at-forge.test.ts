import { describe, test } from 'vitest';
import { forgeCommands, hasSshKeygen, killAtForgeEverywhere } from '../sequences/killed-at-forge.ts';

if (!hasSshKeygen) console.warn('SKIPPED commands for a published repository, killed: there is no ssh-keygen.');

describe.skipIf(!hasSshKeygen).each(forgeCommands)('$name, killed at any of its calls and writes', (command) => {
  const timeout = 900_000;
  // Its files are written as by every other change, which is killed at each of its writes elsewhere; and git mostly reads.
  const rarely = (at: number, name: string) =>
    name.endsWith('Sync') ? at % 8 === 0 : name !== 'spawn' || at % 3 === 0;
  const isTried = (at: number, name: string) => command.fewest < 50 || rarely(at, name);
  test('ends as it would have when it is run again', { timeout }, () => killAtForgeEverywhere(command, isTried));
});
