import { test } from 'vitest';
import { expectAsInSequence, pairs } from '../sequences/two-people.ts';

test.each(pairs)('%s, and on another branch %s: merged and resolved it is as if one had done both', expectAsInSequence);
