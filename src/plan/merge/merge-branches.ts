import type { RepoPath } from '../../tree/repo-path.ts';
import { stableJson } from '../stable-json.ts';
import { keepComments } from './keep-comments.ts';
import type { MergeConflict, MergeResult, Side } from './merge-result.ts';
import { mergeText, type TextVersions } from './merge-text.ts';
import { mergeYaml } from './merge-yaml.ts';
import type { UserPaths } from './user-paths.ts';

/** A text as one branch has it. */
export interface BranchText {
  text: string;
  /** What was generated last on that branch; undefined when nobody knows. */
  generated: string | undefined;
}

/** A text of two branches, and of the commit where they parted; `base` is undefined when both added it. */
export interface BranchMerge {
  path: RepoPath;
  base: BranchText | undefined;
  ours: BranchText;
  theirs: BranchText;
  /** What the merged model generates; undefined for what is not generated (any more). */
  wanted: string | undefined;
  userPaths?: UserPaths | undefined;
  prefer: Side | undefined;
}

/**
 * Merges the hand edits of two branches around what the merged model generates: each version is brought to `wanted`
 * with its own edits kept, and these are merged. So lists that both branches generated into are complete and in order,
 * whatever git made of them, and a conflict is about an edit, never about what is generated.
 *
 * Where nobody knows what a branch generated, the versions are merged as they are.
 */
export function mergeBranches(merge: BranchMerge): MergeResult {
  const { base, ours, theirs, wanted, prefer } = merge;
  const plain = () => mergePeople(merge, { base: base?.text, ours: ours.text, theirs: theirs.text, prefer });
  if (wanted === undefined || ours.generated === undefined || theirs.generated === undefined) return plain();
  const bring = ({ text, generated }: BranchText, side: Side | undefined) =>
    mergeVersions(merge, { base: generated, ours: text, theirs: wanted, prefer: side, userPaths: merge.userPaths });
  const own = bring(ours, prefer);
  const other = bring(theirs, prefer && opposite(prefer));
  const before = base?.generated === undefined ? wanted : bring(base, 'ours').text;
  // A version bumped on both branches is for a person to decide, though the user's against us.
  const merged = mergePeople(merge, { base: before, ours: own.text, theirs: other.text, prefer });
  return {
    text: merged.text,
    conflicts: distinct([...own.conflicts, ...other.conflicts.map(swapped), ...merged.conflicts]),
  };
}

interface Versions extends TextVersions {
  prefer: Side | undefined;
  userPaths?: UserPaths | undefined;
}

function mergeVersions({ path }: BranchMerge, versions: Versions): MergeResult {
  return /\.(ya?ml|json)$/.test(path) ? mergeYaml({ ...versions, path }) : mergeText(versions);
}

/** Two people's versions: comments of both stay. */
function mergePeople(merge: BranchMerge, versions: Versions): MergeResult {
  const merged = mergeVersions(merge, versions);
  const isYaml = /\.ya?ml$/.test(merge.path) && merged.conflicts.length === 0;
  return isYaml ? { ...merged, text: keepComments(versions, merged.text) } : merged;
}

function opposite(side: Side): Side {
  return side === 'ours' ? 'theirs' : 'ours';
}

function swapped(conflict: MergeConflict): MergeConflict {
  return { ...conflict, ours: conflict.theirs, theirs: conflict.ours };
}

function distinct(conflicts: readonly MergeConflict[]): MergeConflict[] {
  return [
    ...new Map(
      conflicts.map((conflict) => [
        stableJson([conflict.document, conflict.at, conflict.isText && conflict]),
        conflict,
      ]),
    ).values(),
  ];
}
