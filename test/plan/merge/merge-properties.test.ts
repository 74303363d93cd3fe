import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from '../../../src/plan/line-style.ts';
import type { MergeResult } from '../../../src/plan/merge/merge-result.ts';
import { mergeYaml } from '../../../src/plan/merge/merge-yaml.ts';
import { openYaml } from '../../../src/yaml/yaml-file.ts';
import {
  anyHand,
  anyObjects,
  applyEdits,
  areApart,
  type Edit,
  isLeaf,
  placesIn,
  textOf,
  unordered,
  type Way,
  written,
} from './hand-edits.ts';

const parsed = (text: string) => openYaml(text).documents.map((document) => document.value());

/** A base, and edits of both sides that are all apart from each other. */
const anyCase = anyObjects.chain((base) =>
  fc
    .tuple(
      fc.shuffledSubarray(placesIn(base), { minLength: 1, maxLength: 12 }),
      fc.array(fc.record({ isOurs: fc.boolean(), goes: fc.integer({ min: 0, max: 2 }) }), {
        minLength: 12,
        maxLength: 12,
      }),
      anyHand,
    )
    .map(([places, choices, hand]) => {
      const apart = places.filter((place, index) => places.slice(0, index).every((other) => areApart(place, other)));
      const edits = apart.map((way, index): Edit & { isOurs: boolean } => {
        const { isOurs = false, goes = 1 } = choices[index] ?? {};
        return goes === 0 ? { way, gone: true, isOurs } : { way, to: `${isOurs ? 'ours' : 'theirs'} ${index}`, isOurs };
      });
      return { base, ours: edits.filter((edit) => edit.isOurs), theirs: edits.filter((edit) => !edit.isOurs), hand };
    }),
);

type Case = typeof anyCase extends fc.Arbitrary<infer Value> ? Value : never;

function versionsOf({ base, ours, theirs, hand }: Case) {
  const hands = written(applyEdits(base, ours), hand);
  return { base: textOf(base), ours: hands.text, theirs: textOf(applyEdits(base, theirs)), comments: hands.comments };
}

const merge = (versions: { base: string; ours: string; theirs: string }, more = {}) =>
  mergeYaml({ base: versions.base, ours: versions.ours, theirs: versions.theirs, path: 'x.yaml', ...more });

/** An anchor that goes while an alias needs it: that is left to the person, whole. */
const isLeftAlone = ({ hand }: Case, { text, conflicts }: MergeResult, ours: string) =>
  hand.anchors && text === ours && conflicts.length === 1 && conflicts[0]?.isText === true;

/** Both edited one scalar, differently. */
const leaf = (edits: readonly Edit[]): Way | undefined =>
  edits.find((edit) => typeof edit.way.at(-1) === 'string' && edit.way.at(-1) !== 'added' && 'to' in edit)?.way;

describe('whatever people edit by hand, however they write, while the model changes other places', () => {
  it('both are in the result, and merging again changes nothing', () => {
    let merged = 0;
    fc.assert(
      fc.property(anyCase, (each) => {
        const versions = versionsOf(each);
        const { text, conflicts } = merge(versions);
        if (isLeftAlone(each, { text, conflicts }, versions.ours)) return;
        expect(conflicts).toEqual([]);
        const expected = applyEdits(applyEdits(each.base, each.ours), each.theirs);
        expect(unordered(parsed(text))).toEqual(unordered(expected));
        expect(merge({ ...versions, ours: text }).text).toBe(text);
        expect(merge({ ...versions, base: versions.theirs, ours: text }).text).toBe(text);
        if (each.ours.length > 0 && each.theirs.length > 0) merged++;
      }),
      { numRuns: 400 },
    );
    expect(merged).toBeGreaterThan(100);
  });

  it('what the model does not touch keeps its lines, comments and line endings', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const theirs = each.theirs.filter((edit) => 'to' in edit && isLeaf(each.base, edit.way));
        const versions = versionsOf({ ...each, theirs });
        const { text } = merge(versions);
        expect((text.match(/# note \d+\r?$/gm) ?? []).length).toBeGreaterThanOrEqual(versions.comments);
        if (theirs.length === 0) expect(text).toBe(versions.ours);
        expect(text.startsWith('\uFEFF')).toBe(each.hand.mark);
        expect(/(?<!\r)\n/.test(text)).toBe(!each.hand.crlf);
      }),
      { numRuns: 200 },
    );
  });

  it('the sides may be swapped', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const versions = versionsOf(each);
        if (isLeftAlone(each, merge(versions), versions.ours)) return;
        const swapped = { base: versions.base, ours: versions.theirs, theirs: plainText(versions.ours) };
        expect(unordered(parsed(merge(swapped).text))).toEqual(unordered(parsed(merge(versions).text)));
      }),
      { numRuns: 100 },
    );
  });

  it('a value that both change is the one conflict, which each side can win, and the user wins what is theirs', () => {
    let met = 0;
    fc.assert(
      fc.property(anyCase, (each) => {
        const way = leaf(each.ours);
        if (way === undefined) return;
        met++;
        const both = { ...each, theirs: [...each.theirs, { way, to: 'contested', isOurs: false }] };
        const versions = versionsOf(both);
        const { text, conflicts } = merge(versions);
        if (isLeftAlone(each, { text, conflicts }, versions.ours)) return;
        expect(conflicts).toHaveLength(1);
        expect(conflicts[0]).toMatchObject({ theirs: 'contested' });
        const mine = unordered(applyEdits(applyEdits(each.base, each.theirs), each.ours));
        expect(unordered(parsed(text))).toEqual(mine);
        expect(unordered(parsed(merge(versions, { prefer: 'ours' }).text))).toEqual(mine);
        const model = unordered(applyEdits(applyEdits(each.base, each.ours), both.theirs));
        expect(unordered(parsed(merge(versions, { prefer: 'theirs' }).text))).toEqual(model);
        if (way.every((step) => typeof step === 'string')) {
          const users = merge(versions, { userPaths: [way.slice(1)] });
          expect(users.conflicts).toEqual([]);
          expect(unordered(parsed(users.text))).toEqual(mine);
        }
      }),
      { numRuns: 200 },
    );
    expect(met).toBeGreaterThan(40);
  });

  it('an untouched file becomes what the model wants, and an unchanged model changes nothing, byte for byte', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const versions = versionsOf(each);
        expect(merge({ ...versions, ours: versions.base }).text).toBe(versions.theirs);
        expect(merge({ ...versions, theirs: versions.base }).text).toBe(versions.ours);
      }),
      { numRuns: 50 },
    );
  });
});
