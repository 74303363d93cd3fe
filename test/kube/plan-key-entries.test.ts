import { describe, expect, test } from 'vitest';
import { type HeldEntry, planKeyEntries } from '../../src/kube/plan-key-entries.ts';

const isOurs = (entry: string) => entry.startsWith('cluster-eu.');
const held = (entry: string, ...recipients: string[]): HeldEntry => ({ entry, recipients });
const [present, next] = ['cluster-eu.agekey', 'cluster-eu.next.agekey'];
const adding = (there: HeldEntry[], ...wanted: [string, string][]) =>
  planKeyEntries(
    there,
    wanted.map(([entry, recipient]) => ({ entry, recipient })),
    { isPruning: false, isOurs },
  );
const pruning = (there: HeldEntry[], ...wanted: [string, string][]) =>
  planKeyEntries(
    there,
    wanted.map(([entry, recipient]) => ({ entry, recipient })),
    { isPruning: true, isOurs },
  );

describe('without pruning', () => {
  test('a cluster without keys gets them all', () =>
    expect(adding([], [present, 'old'], [next, 'new'])).toEqual({
      set: [
        { entry: present, recipient: 'old' },
        { entry: next, recipient: 'new' },
      ],
      remove: [],
    }));

  test('a key that it holds under whatever name is not written again', () =>
    expect(adding([held('sops.agekey', 'old')], [present, 'old'])).toEqual({ set: [], remove: [] }));

  test('no entry gets another content: the new key takes a free name', () => {
    const there = [held(present, 'old')];
    expect(adding(there, [present, 'new']).set).toEqual([{ entry: next, recipient: 'new' }]);
    expect(adding([...there, held(next, 'older')], [present, 'new']).set).toEqual([
      { entry: 'cluster-eu.next-2.agekey', recipient: 'new' },
    ]);
  });

  test('an entry that is no key is left alone', () =>
    expect(adding([{ entry: present, recipients: undefined }], [present, 'new'])).toEqual({
      set: [{ entry: next, recipient: 'new' }],
      remove: [],
    }));
});

describe('pruning', () => {
  test('takes the old key away and gives the new one its name', () =>
    expect(pruning([held(present, 'old'), held(next, 'new')], [present, 'new'])).toEqual({
      set: [{ entry: present, recipient: 'new' }],
      remove: [next],
    }));

  test('takes nothing while both keys are wanted', () =>
    expect(pruning([held(present, 'old'), held(next, 'new')], [present, 'old'], [next, 'new'])).toEqual({
      set: [],
      remove: [],
    }));

  test('leaves entries of others, and a key that they hold is not written twice', () => {
    expect(pruning([held('team.agekey', 'x'), held(present, 'new')], [present, 'new']).remove).toEqual([]);
    expect(pruning([held('theirs.agekey', 'new'), held(present, 'old')], [present, 'new'])).toEqual({
      set: [],
      remove: [present],
    });
  });

  test('never leaves a cluster without a wanted key', () => {
    for (const there of [[], [held(present, 'old')], [held(next, 'new')], [held(present, 'old', 'new')]]) {
      const { set, remove } = pruning(there, [present, 'new']);
      const left = there.filter(({ entry }) => !remove.includes(entry) && !set.some((each) => each.entry === entry));
      expect([
        ...left.flatMap(({ recipients = [] }) => recipients),
        ...set.map(({ recipient }) => recipient),
      ]).toContain('new');
    }
  });
});
