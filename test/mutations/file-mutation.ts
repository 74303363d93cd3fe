import { posix } from 'node:path';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import type { Dice } from '../kustomize/rolls.ts';
import { manifestPaths, type RepositoryTree } from '../support/repository-tree.ts';
import type { Action } from './mutation.ts';

type Changes = Map<RepoPath, string | undefined>;

/** What can become of a file when it is another kind of file. */
const strangers = [
  '',
  'just text\n',
  '- a\n- list\n',
  'key: [unclosed\n',
  '{"json": true}\n',
  '\u0000\u0001binary',
  '#!/bin/sh\n',
];

/** Changes one file as a whole. */
export function mutateFile(tree: RepositoryTree, action: Action, dice: Dice): { path: RepoPath; changes: Changes } {
  const path = dice.pick(manifestPaths(tree));
  const text = tree.get(path) ?? '';
  return { path, changes: changesOf(tree, path, text, action, dice) };
}

function changesOf(tree: RepositoryTree, path: RepoPath, text: string, action: Action, dice: Dice): Changes {
  const folder = posix.dirname(path);
  const { name, ext } = posix.parse(path);
  switch (action) {
    case 'delete':
      return new Map([[path, undefined]]);
    case 'rename':
      return new Map([
        [path, undefined],
        [`${folder}/${name}x${ext}`, text],
      ]);
    case 'retype':
      return new Map([[path, dice.pick(strangers)]]);
    case 'duplicate':
      return new Map([[`${folder}/${name}-copy${ext}`, text]]);
    case 'move': {
      const folders = [...new Set(manifestPaths(tree).map((each) => posix.dirname(each)))];
      const to = `${dice.pick(folders.filter((each) => each !== folder))}/${name}${ext}`;
      return new Map([
        [path, undefined],
        [to, text],
      ]);
    }
  }
}
