import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationOf, intervalOf, keyScopeOf, seconds, timeoutOf } from '../../src/model/settings.ts';
import { completeModel } from '../support/complete-model.ts';

test.for([
  ['1h30m', 5400],
  ['10m', 600],
  ['90s', 90],
  ['1.5h', 5400],
  ['500ms', 0.5],
  ['1h1m1s', 3661],
] as const)('%s is %d seconds', ([duration, total]) => {
  expect(seconds(duration)).toBe(total);
});

test.for([
  [5400, '1h30m'],
  [600, '10m'],
  [59, '59s'],
  [60, '1m'],
  [3600, '1h'],
  [0, '0s'],
  [59.5, '1m'],
  [0.2, '1s'],
  [3599.001, '1h'],
] as const)('%d seconds are written %s', ([total, duration]) => {
  expect(durationOf(total)).toBe(duration);
});

test('a duration that is written and read again never got shorter', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (total) => {
      const written = seconds(durationOf(total));
      expect(written).toBeGreaterThanOrEqual(total);
      expect(written - total).toBeLessThanOrEqual(1);
    }),
    { seed: 3 },
  );
});

test('the most special interval and timeout win', () => {
  const model = completeModel({
    intervals: { apps: '7m', infrastructure: '3h' },
    timeouts: { apps: '3m' },
    environments: { production: { intervals: { apps: '8m' }, timeouts: { apps: '4m' } }, staging: {} },
  });
  expect(intervalOf(model, 'apps', 'production', '9m')).toBe('9m');
  expect(intervalOf(model, 'apps', 'production')).toBe('8m');
  expect(intervalOf(model, 'apps', 'staging')).toBe('7m');
  expect(intervalOf(model, 'retry', 'staging')).toBe('2m');
  expect(timeoutOf(model, 'apps', 'production', '5m')).toBe('5m');
  expect(timeoutOf(model, 'apps', 'production')).toBe('4m');
  expect(timeoutOf(model, 'apps', 'staging')).toBe('3m');
  expect(timeoutOf(model, 'infrastructure', 'staging')).toBe('10m');
});

test('clusters have keys of their own unless the model says otherwise', () => {
  expect(keyScopeOf(completeModel({}))).toBe('cluster');
  expect(keyScopeOf(completeModel({ secrets: { keyScope: 'environment' } }))).toBe('environment');
});
