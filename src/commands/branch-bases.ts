import type { SideName } from '../git/unmerged-paths.ts';
import type { Based } from '../plan/base-store.ts';
import { contentHash } from '../plan/content-hash.ts';
import { plainText } from '../plan/line-style.ts';
import { type LockedFiles, lockedFiles } from '../plan/locked-files.ts';
import { type BaseLookup, baseLookup } from '../plan/pristine-base.ts';
import type { ConflictedRepository } from './conflicted-repository.ts';
import { appliedIfKnown } from './last-applied.ts';
import { regenerating } from './plan-with-bases.ts';

/** What was generated last on each branch. */
export interface BranchBases {
  locked: Readonly<Record<SideName, LockedFiles>>;
  /** @param textIn the text in question out of the file: all of it, or a region */
  generated(side: SideName, of: Based, textIn?: (file: string) => string | undefined): string | undefined;
}

/** Looked for on the branch itself: its file, its base store, generated again from its locks. */
export function branchBases({ branches }: ConflictedRepository): BranchBases {
  const sides = { base: one('base'), ours: one('ours'), theirs: one('theirs') };
  function one(side: SideName): { locked: LockedFiles; bases: BaseLookup } {
    const { tree, locks } = branches[side];
    return { locked: lockedFiles(locks), bases: baseLookup(tree, regenerating(appliedIfKnown({ locks }))) };
  }
  return {
    locked: { base: sides.base.locked, ours: sides.ours.locked, theirs: sides.theirs.locked },
    generated(side, of, textIn = plainText) {
      const { locked, bases } = sides[side];
      const record = of.block === undefined ? locked.file(of.path) : locked.block(of.path, of.block);
      if (record === undefined) return undefined;
      const file = branches[side].tree.read(of.path);
      const itself = typeof file === 'string' ? textIn(file) : undefined;
      if (itself !== undefined && contentHash(itself) === record.sha256) return itself;
      return bases.find({ ...of, sha256: record.sha256, textIn });
    },
  };
}
