import { describe, test } from 'vitest';
import { interruptibles, killEverywhere } from '../sequences/killed.ts';

describe.each(interruptibles)('$name, killed at any of its writes', (command) => {
  test('leaves what was or what was to be, and the next run ends it', () => killEverywhere(command, () => true));
});
