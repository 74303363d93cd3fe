import { describe, test } from 'vitest';
import { interruptibles, killEverywhere } from '../sequences/killed.ts';
import { killedStages, killStageEverywhere } from '../sequences/killed-rotation.ts';

describe.each(interruptibles)('$name, killed at any of its writes', (command) => {
  test('leaves what was or what was to be, and the next run ends it', () => killEverywhere(command, () => true));
});

describe.each(killedStages)('$name of a rotation, killed at any of its writes', (stage) => {
  const timeout = 600_000;
  test('ends as it would have when it is run again, and no key is lost', { timeout }, () =>
    killStageEverywhere(stage, () => true),
  );
});
