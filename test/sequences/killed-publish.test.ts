import { describe, test } from 'vitest';
import { killPublishEverywhere } from './killed-publish.ts';

// At every one of its calls and writes: in the conformance lane.
describe('publish, killed', () => {
  test('goes on where it stopped, and makes nothing twice', { timeout: 120_000 }, () =>
    killPublishEverywhere((at) => at % 15 === 0),
  );
});
