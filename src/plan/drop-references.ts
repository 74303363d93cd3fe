import { ExpectedError } from '../errors.ts';
import { joinedPath } from '../graph/joined-path.ts';
import { kustomizationFileIn } from '../graph/kustomization-file.ts';
import { type KustomizeReference, kustomizeReferences } from '../graph/kustomize-references.ts';
import { overlayTree } from '../tree/overlay-tree.ts';
import { parentOf, type RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { editYaml } from '../yaml/edit-yaml.ts';
import { openYaml } from '../yaml/yaml-file.ts';
import type { YamlOperation } from '../yaml/yaml-operation.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { Change } from './change.ts';
import { isWrite, plannedContents } from './plan.ts';
import { presentFile } from './present-file.ts';

/** A list of ours that stays, though its owner has edited it. */
const listNames = /(?:^|\/)kustomization\.ya?ml$/;

/**
 * Takes what a plan deletes out of the kustomization files that stay: one that people edited is theirs, but with an
 * entry for a file that is gone nothing of it would build. The rest of it keeps its bytes.
 *
 * @param changes of one plan
 */
export function dropReferences(tree: Tree, changes: readonly Change[]): Change[] {
  if (!changes.some(({ action }) => action === 'delete')) return [...changes];
  const planned = overlayTree(tree, plannedContents({ changes }));
  return changes.map((change) => {
    if (!listNames.test(change.path) || (!isWrite(change) && change.action !== 'kept')) return change;
    if (change.action === 'delete') return change;
    const text = isWrite(change) ? change.after : textOf(tree, change.path);
    const after = text === undefined ? undefined : withoutGone({ tree, planned }, change.path, text);
    if (text === undefined || after === undefined || after === text) return change;
    if (isWrite(change)) return { ...change, after };
    return { ...change, action: 'update', before: text, after };
  });
}

function textOf(tree: Tree, path: RepoPath): string | undefined {
  const present = presentFile(tree, path);
  return present.kind === 'text' ? present.text : undefined;
}

/** @returns undefined for what cannot be read or edited safely: the proof of the plan tells of it */
function withoutGone(trees: Trees, path: RepoPath, text: string): string | undefined {
  try {
    const file = openYaml(text, path);
    const [document] = file.documents;
    const gone = kustomizeReferences(document?.value()).flatMap((reference) => goneItem(trees, path, reference) ?? []);
    // from the last to the first, so that those before keep their places
    return editYaml(
      file,
      gone.reverse().map((item): YamlOperation => ({ op: 'remove', path: item.path })),
    );
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

interface Trees {
  tree: Tree;
  planned: Tree;
}

/** The list item that names what is there now, and is not when the plan is done. */
function goneItem(trees: Trees, file: RepoPath, { target, at }: KustomizeReference): { path: YamlPath } | undefined {
  const item = at.at(-1) === 'path' ? at.slice(0, -1) : at;
  const path = typeof item.at(-1) === 'number' ? joinedPath(parentOf(file), target) : undefined;
  return path !== undefined && goes(trees, path) ? { path: item } : undefined;
}

/** A folder is what its kustomization file makes of it. */
function goes({ tree, planned }: Trees, path: RepoPath): boolean {
  if (tree.kindOf(path) === 'folder')
    return kustomizationFileIn(tree, path) !== undefined && kustomizationFileIn(planned, path) === undefined;
  return tree.kindOf(path) !== undefined && planned.kindOf(path) === undefined;
}
