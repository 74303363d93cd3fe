import { describe, test } from 'vitest';
import { killedStages, killStageEverywhere } from './killed-rotation.ts';

// At every one of its writes: in the conformance lane.
describe.each(killedStages)('$name of a rotation, killed', (stage) => {
  test('ends as it would have when it is run again, and no key is lost', () =>
    killStageEverywhere(stage, (at) => at % 16 === 0));
});
