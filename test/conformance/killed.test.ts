import { describe, test } from 'vitest';
import { interruptibleRemovals, interruptibles, killEverywhere } from '../sequences/killed.ts';
import { killPublishEverywhere } from '../sequences/killed-publish.ts';
import { killedStages, killStageEverywhere } from '../sequences/killed-rotation.ts';

describe.each([...interruptibles, ...interruptibleRemovals])('$name, killed at any of its writes', (command) => {
  test('leaves what was or what was to be, and the next run ends it', () => killEverywhere(command, () => true));
});

describe.each(killedStages)('$name of a rotation, killed at any of its writes', (stage) => {
  const timeout = 600_000;
  test('ends as it would have when it is run again, and no key is lost', { timeout }, () =>
    killStageEverywhere(stage, () => true),
  );
});

describe('publish, killed at any of its calls and writes', () => {
  const timeout = 900_000;
  test('goes on where it stopped, and makes nothing twice', { timeout }, () => killPublishEverywhere(() => true));
});
