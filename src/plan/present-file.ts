import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { CreateChange, ShownOwnership, StandingChange, UpdateChange } from './change.ts';
import type { UnitId } from './entry.ts';
import { plainText } from './line-style.ts';

/** What stands where we want a file. `shown` stands for bytes that are no text. */
export type PresentFile = { kind: 'absent' } | { kind: 'text'; text: string } | { kind: 'binary'; shown: string };

/** @throws ExpectedError when something other than a readable file stands there */
export function presentFile(tree: Tree, path: RepoPath): PresentFile {
  const contents = tree.read(path);
  if (contents === undefined) return { kind: 'absent' };
  if (typeof contents === 'string') return { kind: 'text', text: contents };
  return { kind: 'binary', shown: `(a binary file of ${contents.length} bytes)` };
}

/** The change that makes a file of our own bookkeeping have this text; nobody else's opinion counts there. */
export function bookkeepingChange(
  tree: Tree,
  file: { path: RepoPath; unit: UnitId; ownership: ShownOwnership },
  after: string,
): CreateChange | UpdateChange | StandingChange {
  const present = presentFile(tree, file.path);
  if (present.kind === 'absent') return { action: 'create', ...file, after };
  if (present.kind === 'binary') throw new Error(`${file.path} is ours and holds ${present.shown}`);
  if (plainText(present.text) === after) return { action: 'same', ...file };
  return { action: 'update', ...file, before: present.text, after };
}
