import { describe, expect, test } from 'vitest';
import { mergeBranches } from '../../../src/plan/merge/merge-branches.ts';

const merged = (base: string, ours: string, theirs: string, prefer?: 'ours' | 'theirs') => {
  const version = (text: string) => ({ text, generated: undefined });
  const versions = { base: version(base), ours: version(ours), theirs: version(theirs) };
  return mergeBranches({ path: 'a.yaml', ...versions, wanted: undefined, prefer });
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

describe('where both changed a value, and theirs is taken', () => {
  const [base, ours] = ['web:\n  replicas: 2\n  image: a\n', 'web:\n  replicas: 5\n  image: a\n'];
  const theirs = 'web:\n  replicas: 3 # weekend\n  image: a\n';

  test('the comment behind it comes along', () => {
    expect(merged(base, ours, theirs, 'theirs').text).toBe(theirs);
    expect(merged(base, ours, theirs, 'ours').text).toBe(ours);
  });

  test('comments above it come along', () => {
    const above = 'web:\n  # weekend\n  # until May\n  replicas: 3\n  image: a\n';
    expect(merged(base, ours, above, 'theirs').text).toBe(above);
  });

  test('what ours has behind it stays too', () => {
    const { text } = merged(base, ours.replace('5', '5 # peak'), theirs, 'theirs');
    expect(text).toBe('web:\n  replicas: 3 # weekend # peak\n  image: a\n');
  });

  test('a comment that theirs alone changed is theirs', () => {
    const old = (text: string) => text.replace(/: (\d).*/, ': $1 # few');
    expect(merged(old(base), old(ours), theirs, 'theirs').text).toBe(theirs);
  });

  test('line endings stay as ours has them', () => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    expect(merged(windows(base), windows(ours), theirs, 'theirs').text).toBe(windows(theirs));
  });

  test('a text with "#" in it is no comment', () => {
    const text = (inside: string) => `web:\n  title: "a # ${inside}"\n  replicas: 2\n`;
    const changed = text('y').replace('2', '3 # weekend');
    const { text: result } = merged(text('x'), text('z').replace('2', '5'), changed, 'theirs');
    expect(result).toBe(changed);
  });
});
