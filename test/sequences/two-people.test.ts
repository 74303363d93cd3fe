import { test } from 'vitest';
import { expectAsInSequence, pairs } from './two-people.ts';

// Every pair is in the conformance lane.
test.each(pairs.filter((_, at) => at % 13 === 0))(
  '%s, and on another branch %s: merged and resolved it is as if one had done both',
  expectAsInSequence,
);
