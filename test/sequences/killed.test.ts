import { describe, test } from 'vitest';
import { interruptibleRemovals, interruptibles, killEverywhere } from './killed.ts';

// At every one of its writes: in the conformance lane.
describe.each(interruptibles)('$name, killed', (command) => {
  test('leaves what was or what was to be, and the next run ends it', () =>
    killEverywhere(command, (at) => at === 1 || at % 16 === 0));
});

describe.each(interruptibleRemovals)('$name, killed', (command) => {
  test('leaves what was or what was to be, and the next run ends it', () =>
    killEverywhere(command, (at) => at === 1 || at % 48 === 0, false));
});
