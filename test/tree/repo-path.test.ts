import { describe, expect, it } from 'vitest';
import { faultOf, foldersAbove, parentOf } from '../../src/tree/repo-path.ts';

describe('a path in the repository', () => {
  it.each(['a', 'a/b.yaml', '.github/workflows/flux-repo.yml', '.gitignore', 'a/..b', 'a/.gitkeep'])(
    '%s is fine',
    (path) => {
      expect(faultOf(path)).toBeUndefined();
    },
  );

  it.each([
    ['', 'empty'],
    ['/etc/passwd', 'not relative'],
    ['C:/windows', 'not relative'],
    ['../outside', 'leaves'],
    ['a/../../outside', 'leaves'],
    ['./a', 'shortest form'],
    ['a//b', 'shortest form'],
    ['a/', 'shortest form'],
    ['a\\b', 'backslash'],
    ['a\nb', 'control character'],
    ['.git/hooks/pre-commit', "git's own"],
    ['a/.GIT/config', "git's own"],
  ])('%j is refused: %s', (path, reason) => {
    expect(faultOf(path)).toContain(reason);
  });

  it('knows the folders above it', () => {
    expect(foldersAbove('a/b/c')).toEqual(['a', 'a/b']);
    expect(foldersAbove('a')).toEqual([]);
    expect(parentOf('a/b/c')).toBe('a/b');
    expect(parentOf('a')).toBe('');
  });
});
