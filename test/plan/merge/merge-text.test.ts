import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeText } from '../../../src/plan/merge/merge-text.ts';

describe('text is merged line by line', () => {
  it('takes what one side changed, and what both changed alike', () => {
    const result = mergeText({ base: 'a\nb\nc\nd\n', ours: 'A\nb\nc\nx\n', theirs: 'a\nb\nC\nx\n' });
    expect(result.conflicts).toHaveLength(1);
    expect(mergeText({ base: 'a\nb\nc\nd\ne\n', ours: 'A\nb\nc\nd\nx\n', theirs: 'a\nb\nC\nd\nx\n' })).toEqual({
      text: 'A\nb\nC\nd\nx\n',
      conflicts: [],
    });
  });

  it('keeps the line ending of every line of ours, also when they are mixed', () => {
    const result = mergeText({ base: 'a\nb\nc\n', ours: '\uFEFFa\r\nb\nc\r\nmine', theirs: 'new\na\nb\nc\n' });
    expect(result.text).toBe('\uFEFFnew\r\na\r\nb\nc\r\nmine');
  });

  it('knows the last line ending for a change like any other', () => {
    expect(mergeText({ base: 'a\nb', ours: 'a\nb\n', theirs: 'x\nb' }).text).toBe('x\nb\n');
  });

  it.each(['ours', 'theirs'] as const)('takes the lines of %s where both changed the same', (prefer) => {
    const versions = { base: 'a\nb\nc\n', ours: 'a\nours\nc\n', theirs: 'a\ntheirs\nc\n' };
    expect(mergeText({ ...versions, prefer })).toEqual({ text: `a\n${prefer}\nc\n`, conflicts: [] });
  });

  it('without a base, every difference is a conflict', () => {
    const versions = { base: undefined, ours: 'a\nours\nb\nmine\n', theirs: 'a\ntheirs\nb\n' };
    expect(mergeText(versions).conflicts.map(({ ours, theirs }) => [ours, theirs])).toEqual([
      ['ours', 'theirs'],
      ['mine', ''],
    ]);
    expect(mergeText({ ...versions, prefer: 'theirs' }).text).toBe(versions.theirs);
  });

  it('a megabyte of lines that repeat takes no longer than reading them', () => {
    const text = (edit: (index: number) => string) =>
      Array.from(
        { length: 60_000 },
        (_, index) => `${index % 7 === 0 ? edit(index) : ['{', '}', 'x: 1'][index % 3]}\n`,
      ).join('');
    const versions = {
      base: text(() => '-'),
      ours: text((index) => (index % 210 === 0 ? `mine ${index}` : '-')),
      theirs: text((index) => (index % 210 === 105 ? `theirs ${index}` : '-')),
    };
    const start = performance.now();
    mergeText(versions);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('for any three texts', () => {
  const anyLines = fc.array(fc.constantFrom('a', 'b', 'c', '', 'long line', '{', '}'), { maxLength: 12 });
  const anyText = fc.tuple(anyLines, fc.boolean()).map(([lines, ended]) => lines.join('\n') + (ended ? '\n' : ''));

  it('one changed side wins, and no line of either side is lost without a conflict', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (base, ours, theirs) => {
        expect(mergeText({ base, ours: base, theirs })).toEqual({ text: theirs, conflicts: [] });
        expect(mergeText({ base, ours, theirs: base })).toEqual({ text: ours, conflicts: [] });
        expect(mergeText({ base: undefined, ours, theirs, prefer: 'theirs' }).text).toBe(theirs);
        const { text, conflicts } = mergeText({ base, ours, theirs });
        if (conflicts.length > 0) return;
        const swapped = mergeText({ base, ours: theirs, theirs: ours });
        expect(swapped).toEqual({ text, conflicts: [] });
        expect(mergeText({ base: theirs, ours: text, theirs }).text).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('edits of different lines are both there', () => {
    const anyEdits = fc.array(fc.constantFrom('keep', 'ours', 'theirs', 'ours gone', 'theirs gone'), { maxLength: 10 });
    fc.assert(
      fc.property(anyEdits, fc.constantFrom('\n', '\r\n'), (edits, ending) => {
        const line = (side: 'base' | 'ours' | 'theirs' | 'both', edit: string, index: number) => {
          const isMine = edit.startsWith(side) || (side === 'both' && edit !== 'keep');
          if (isMine && edit.endsWith('gone')) return [];
          return [isMine ? `${edit} ${index}` : `line ${index}`];
        };
        // Unedited lines between them keep edits apart.
        const text = (side: Parameters<typeof line>[0], eol = '\n') =>
          edits.flatMap((edit, index) => [`start ${index}`, ...line(side, edit, index), '']).join(eol);
        const result = mergeText({ base: text('base'), ours: text('ours', ending), theirs: text('theirs') });
        expect(result).toEqual({ text: text('both', ending), conflicts: [] });
      }),
      { numRuns: 500 },
    );
  });
});
