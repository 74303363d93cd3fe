import { expect, test } from 'vitest';
import { isVersionRange } from '../../src/model/version-range.ts';

test.for([
  '1.21.x',
  '1.2.3',
  'v1.9.0',
  '*',
  '>=1.2.0 <2.0.0',
  '>= 1.2.0, < 2.0.0',
  '~1.2',
  '^2',
  '1.2 - 1.4.5',
  '>=1.0.0-0 || 3.x',
  '!=1.2.3',
  '${chart_version}',
])('Flux selects versions by "%s"', (text) => expect(isVersionRange(text)).toBe(true));

test.for(['latest', '', '1.2.3.4', 'main', '>=', '1.2 ||'])('Flux selects no version by "%s"', (text) =>
  expect(isVersionRange(text)).toBe(false),
);
