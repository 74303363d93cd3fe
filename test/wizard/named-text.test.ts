import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineOf, namedText, parseNamedText, wordsOf } from '../../src/wizard/named-text.ts';

describe('a named thing with settings', () => {
  test.each([
    ['web', 'web', {}],
    ['web,image=ghcr.io/a/b:1', 'web', { image: 'ghcr.io/a/b:1' }],
    ['a,k=b=c', 'a', { k: 'b=c' }],
    ['a,k=', 'a', { k: '' }],
    ['a,list=x\\,y,next=z', 'a', { list: 'x,y', next: 'z' }],
    ['a,path=C:\\dir', 'a', { path: 'C:\\dir' }],
    ['a,path=C:\\\\', 'a', { path: 'C:\\' }],
  ])('%s', (text, name, settings) => {
    const parsed = parseNamedText(text);
    expect(parsed.faults).toEqual([]);
    expect(parsed.name).toBe(name);
    expect(Object.fromEntries(parsed.settings)).toEqual(settings);
  });

  test.each([
    ['a,region', 'has no value'],
    ['a,', 'has no value'],
    ['a,=x', 'has no name'],
    ['a,k=1,k=2', '"k" is given twice'],
  ])('%s is refused', (text, why) => {
    expect(parseNamedText(text).faults.join()).toContain(why);
  });
});

test('what is written is read back, in a flag and in a line of several', () => {
  const value = fc.string({ maxLength: 12 });
  const key = fc.stringMatching(/^[a-z_]{1,8}$/);
  fc.assert(
    fc.property(fc.array(fc.dictionary(key, value, { maxKeys: 3 }), { maxLength: 3 }), (all) => {
      const texts = all.map((settings, index) => namedText(`n${index}`, Object.entries(settings)));
      for (const [index, settings] of all.entries()) {
        const parsed = parseNamedText(texts[index] ?? '');
        expect(Object.fromEntries(parsed.settings)).toEqual({ ...settings });
      }
      expect(wordsOf(lineOf(texts.filter((text) => !/[\t]/.test(text))))).toEqual(
        texts.filter((text) => !/[\t]/.test(text)).map((text) => text),
      );
    }),
  );
});
