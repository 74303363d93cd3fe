import { describe, test } from 'vitest';
import { forgeCommands, hasSshKeygen, killAtForgeEverywhere } from './killed-at-forge.ts';

if (!hasSshKeygen) console.warn('SKIPPED commands for a published repository, killed: there is no ssh-keygen.');

// At every one of its calls and writes: in the conformance lane.
describe.skipIf(!hasSshKeygen).each(forgeCommands)('$name, killed', (command) => {
  test('ends as it would have when it is run again', { timeout: 120_000 }, () =>
    killAtForgeEverywhere(command, (at) => at % Math.ceil(command.fewest / 3) === 0),
  );
});
