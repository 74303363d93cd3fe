import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRepository } from '../../src/check/read-repository.ts';
import type { Rule } from '../../src/check/rule.ts';
import { type CheckedProblem, runRules } from '../../src/check/run-rules.ts';
import { diskTree } from '../../src/tree/disk-tree.ts';
import { overlayTree } from '../../src/tree/overlay-tree.ts';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import type { Tree } from '../../src/tree/tree.ts';
import { walkFiles } from '../../src/tree/walk-files.ts';
import { editYaml } from '../../src/yaml/edit-yaml.ts';
import { openYaml } from '../../src/yaml/yaml-file.ts';
import type { YamlOperation } from '../../src/yaml/yaml-operation.ts';

const golden = join(import.meta.dirname, '../golden');

/** Path -> a file's text; undefined for one that is deleted; a pair for the one text that another takes the place of. */
export type Edits = Readonly<Record<RepoPath, string | undefined | readonly [from: string, to: string]>>;

/** A repository in memory, from nothing but these files. */
function memoryTree(files: ReadonlyMap<RepoPath, string>): Tree {
  return overlayTree({ kindOf: () => undefined, read: () => undefined, list: () => [] }, files);
}

/** What a rule says of a golden tree that is edited. */
export async function foundIn(name: string, edits: Edits, rules: readonly Rule[]): Promise<CheckedProblem[]> {
  const files = filesOf(name, edits);
  return runRules(await readRepository(memoryTree(files), [...files.keys()]), rules);
}

/** What a rule still says after all that `--fix` would do. */
export async function leftIn(name: string, edits: Edits, rules: readonly Rule[]): Promise<CheckedProblem[]> {
  const files = filesOf(name, edits);
  return await leftAfterFixes(files, rules);
}

/** The same of any files; the ones given are changed. */
export async function leftAfterFixes(files: Map<RepoPath, string>, rules: readonly Rule[]): Promise<CheckedProblem[]> {
  const problems = runRules(await readRepository(memoryTree(files), [...files.keys()]), rules);
  const operations = new Map<RepoPath, YamlOperation[]>();
  for (const { fix } of problems)
    if (fix !== undefined) operations.set(fix.file, [...(operations.get(fix.file) ?? []), ...fix.operations]);
  for (const [path, changes] of operations) files.set(path, editYaml(openYaml(files.get(path) ?? '', path), changes));
  return runRules(await readRepository(memoryTree(files), [...files.keys()]), rules);
}

function filesOf(name: string, edits: Edits): Map<RepoPath, string> {
  const files = new Map<RepoPath, string>();
  const tree = diskTree(join(golden, name, 'expected'));
  for (const path of walkFiles(tree, '')) files.set(path, readFileSync(join(golden, name, 'expected', path), 'utf8'));
  for (const [path, edit] of Object.entries(edits)) {
    if (edit === undefined) files.delete(path);
    else files.set(path, typeof edit === 'string' ? edit : replaced(path, files.get(path), edit));
  }
  return files;
}

/** @throws Error when the text is not there: an edit that changes nothing proves nothing */
function replaced(path: RepoPath, text: string | undefined, [from, to]: readonly [string, string]): string {
  if (text === undefined || !text.includes(from)) throw new Error(`${path} does not say ${JSON.stringify(from)}`);
  return text.replace(from, () => to);
}
