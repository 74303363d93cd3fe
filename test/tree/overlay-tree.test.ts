import { describe, expect, it } from 'vitest';
import { overlayTree } from '../../src/tree/overlay-tree.ts';
import { walkFiles } from '../../src/tree/walk-files.ts';

const nothing = { kindOf: () => undefined, read: () => undefined, list: () => [] };
const disk = overlayTree(
  nothing,
  new Map([
    ['apps/web.yaml', 'old\n'],
    ['apps/gone.yaml', 'x\n'],
    ['README.md', '# Fleet\n'],
  ]),
);
const planned = overlayTree(
  disk,
  new Map([
    ['apps/web.yaml', 'new\n'],
    ['apps/gone.yaml', undefined],
    ['clusters/eu/apps.yaml', ''],
  ]),
);

describe('a view with planned files on top', () => {
  it('shows the planned contents, and what is below elsewhere', () => {
    expect(planned.read('apps/web.yaml')).toBe('new\n');
    expect(planned.read('clusters/eu/apps.yaml')).toBe('');
    expect(planned.read('README.md')).toBe('# Fleet\n');
  });

  it('no longer has a file that is planned to go', () => {
    expect(planned.read('apps/gone.yaml')).toBeUndefined();
    expect(planned.kindOf('apps/gone.yaml')).toBeUndefined();
  });

  it('lists files and folders that are only planned', () => {
    expect(planned.list('').map((node) => `${node.kind} ${node.name}`)).toEqual([
      'file README.md',
      'folder apps',
      'folder clusters',
    ]);
    expect(planned.kindOf('clusters/eu')).toBe('folder');
    expect([...walkFiles(planned, '')]).toEqual(['README.md', 'apps/web.yaml', 'clusters/eu/apps.yaml']);
  });
});
