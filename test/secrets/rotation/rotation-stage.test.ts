import { expect, test } from 'vitest';
import { type KeyRotation, keyRotations } from '../../../src/secrets/rotation/key-rotation.ts';
import { stageOf } from '../../../src/secrets/rotation/rotation-stage.ts';
import { completeModel } from '../../support/complete-model.ts';

const rotation = (...recipients: string[]): KeyRotation => ({
  key: { kind: 'cluster', name: 'eu' },
  clusters: ['eu'],
  old: recipients.slice(0, -1),
  current: recipients.at(-1),
});
const file = (...recipients: string[]) => ({ path: 'a.sops.yaml', text: '', recipients, foreign: [] });

test.each([
  ['none', [], [], undefined],
  ['idle', ['a'], [file('a')], undefined],
  ['idle', ['a'], [file('a')], 'unused'],
  ['rewrapping', ['a', 'b'], [file('a'), file('a', 'b')], 'b'],
  ['overlap', ['a', 'b'], [file('a', 'b'), file('b'), file('c')], 'b'],
  ['overlap', ['a', 'b'], [], undefined],
  ['key-files', ['b'], [file('b')], 'b'],
] as const)('the stage is %s with %j in the model', (stage, recipients, files, next) => {
  expect(stageOf({ rotation: rotation(...recipients), files, next })).toBe(stage);
});

const model = (keyScope: 'cluster' | 'environment') => ({
  ...completeModel({}),
  secrets: { strategy: 'sops' as const, keyScope },
  environments: { production: { recipients: ['p'] }, staging: { recipients: ['s'] }, unused: { recipients: ['u'] } },
  clusters: {
    us: { environment: 'production', recipients: ['us'] },
    eu: { environment: 'production' },
    qa: { environment: 'staging' },
  },
});
const named = (keys: readonly KeyRotation[]) =>
  keys.map(({ key, clusters }) => [key.kind, key.name, ...clusters].join(' '));

test('where clusters have keys, an environment stands for those of its clusters', () => {
  expect(named(keyRotations(model('cluster'), { kind: 'environment', name: 'production' }))).toEqual([
    'cluster eu eu',
    'cluster us us',
  ]);
  expect(named(keyRotations(model('cluster'), { kind: 'all' }))).toHaveLength(3);
});

test('where environments have keys, theirs concerns all their clusters, and a cluster may have its own', () => {
  const all = named(keyRotations(model('environment'), { kind: 'all' }));
  expect(all).toEqual(['environment production eu us', 'environment staging qa', 'cluster us us']);
  expect(named(keyRotations(model('environment'), { kind: 'cluster', name: 'eu' }))).toEqual([]);
});
