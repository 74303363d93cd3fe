import { describe, expect, test } from 'vitest';
import { mergeBranches } from '../../../src/plan/merge/merge-branches.ts';

const merged = (base: string, ours: string, theirs: string) => {
  const version = (text: string) => ({ text, generated: undefined });
  const versions = { base: version(base), ours: version(ours), theirs: version(theirs) };
  return mergeBranches({ path: 'a.yaml', ...versions, wanted: undefined, prefer: undefined });
};

describe('two people edit one YAML file', () => {
  const base = 'apps:\n  web:\n    image: a\n';

  test('a comment stays above what it is about, when the other puts an entry there', () => {
    const { text } = merged(
      base,
      'apps:\n  # the shop\n  web:\n    image: a\n',
      'apps:\n  # the door\n  api:\n    image: a\n  web:\n    image: a\n',
    );
    expect(text).toBe('apps:\n  # the door\n  api:\n    image: a\n  # the shop\n  web:\n    image: a\n');
  });

  test('a comment behind a changed value stays, beside an entry of the other', () => {
    const { text } = merged(
      base,
      'apps:\n  web:\n    image: a\n  zoo:\n    image: a\n',
      'apps:\n  web:\n    image: b # newer\n',
    );
    expect(text).toBe('apps:\n  web:\n    image: b # newer\n  zoo:\n    image: a\n');
  });

  test('entries of both stand in order, each with its comment', () => {
    const { text } = merged(
      base,
      'apps:\n  # 1\n  a:\n    image: a\n  # 3\n  c:\n    image: a\n  web:\n    image: a\n',
      'apps:\n  # 2\n  b:\n    image: a\n  # 4\n  d:\n    image: a\n  web:\n    image: a\n',
    );
    expect(text.match(/# \d|^ {2}\w+/gm)).toEqual(['# 1', '  a', '# 2', '  b', '# 3', '  c', '# 4', '  d', '  web']);
  });

  test('one value changed by both is a conflict with both', () => {
    const { conflicts } = merged(
      base,
      base.replace('image: a', 'image: b # ours'),
      base.replace('image: a', 'image: c'),
    );
    expect(conflicts).toEqual([{ at: ['apps', 'web', 'image'], base: 'a', ours: 'b', theirs: 'c' }]);
  });
});
