import { expect, test } from 'vitest';
import { rules } from '../../src/check/rules.ts';
import { breaks } from '../cluster/breaks/breaks.ts';
import { firstInstalls } from '../cluster/breaks/first-installs.ts';
import { notShown } from '../cluster/breaks/not-shown.ts';

test('Every rule of an error is shown to be one by a real cluster, or it is said why none can', () => {
  const shown = new Set([...breaks, ...firstInstalls].map(({ rule }) => rule));
  const errors = rules.filter(({ severity }) => severity === 'error').map(({ id }) => id);

  expect([...shown, ...Object.keys(notShown)].sort()).toEqual(errors.toSorted());
});
