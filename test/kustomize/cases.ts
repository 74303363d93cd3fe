import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { overlayTree } from '../../src/tree/overlay-tree.ts';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import type { Tree } from '../../src/tree/tree.ts';

/** A small repository to build. What must come out of it real kustomize says. */
export interface BuildCase {
  /** `<file>: <name>`. */
  name: string;
  /** What is built. */
  folder: RepoPath;
  files: ReadonlyMap<RepoPath, string>;
}

const folder = join(import.meta.dirname, 'cases');

/**
 * The cases in `cases/*.txt`. Each begins with `=== name`, perhaps `build: folder`, then files, each after `-- path --`.
 * An empty line ends a case, unless a file of it wants more.
 */
export function buildCases(): BuildCase[] {
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .replaceAll('\r\n', '\n')
      .split(/^=== /m)
      .slice(1)
      .map((text) => readCase(file.replace('.txt', ''), text)),
  );
}

function readCase(topic: string, text: string): BuildCase {
  const [head = '', ...pieces] = text.split(/^-- (.+) --\n/m);
  const [name = '', build = ''] = head.split('\n');
  const files = new Map<RepoPath, string>();
  for (let index = 0; index < pieces.length; index += 2) files.set(pieces[index] ?? '', pieces[index + 1] ?? '');
  return { name: `${topic}: ${name}`, folder: build.replace(/^build: /, ''), files };
}

const emptyTree: Tree = { kindOf: () => undefined, read: () => undefined, list: () => [] };

/** Files in memory as a tree. */
export function memoryTree(files: ReadonlyMap<RepoPath, string>): Tree {
  return overlayTree(emptyTree, files);
}
