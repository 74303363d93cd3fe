import type { RepoPath } from '../tree/repo-path.ts';
import { forgetBase } from './base-store.ts';
import { readBlock, removeBlock } from './block.ts';
import type { Comparison } from './comparison.ts';
import { contentHash } from './content-hash.ts';
import type { CommentStyle, UnitId } from './entry.ts';
import { indentedBy } from './indentation.ts';
import type { BlockRecord } from './lock-file.ts';
import type { BlockStep } from './plan-block.ts';

/** A region that was generated once and that no unit wants any longer. */
export interface UnwantedBlock {
  unit: UnitId;
  id: string;
  record: BlockRecord;
}

/** Takes a region away that nobody touched; an edited one stays, with its markers. */
export function dropBlock({ tree }: Comparison, path: RepoPath, text: string, block: UnwantedBlock): BlockStep {
  const { unit, id, record } = block;
  const bookkeeping = forgetBase(tree, unit, { path, block: id });
  const comment = (['hash', 'html'] as const).find((style) => isThere(text, path, id, style));
  if (comment === undefined) return { text, bookkeeping };
  const inside = readBlock(text, { path, id, comment }) ?? '';
  if (isGenerated(inside, record)) return { text: removeBlock(text, { path, id, comment }), bookkeeping };
  return { text, bookkeeping, reason: 'our block was edited by hand; no longer generated' };
}

function isThere(text: string, path: RepoPath, id: string, comment: CommentStyle): boolean {
  return readBlock(text, { path, id, comment }) !== undefined;
}

/** In a list a block is as far indented as the list is, which is not in the lock. */
function isGenerated(inside: string, { sha256 }: BlockRecord): boolean {
  const widest = 8;
  for (let columns = -widest; columns <= widest; columns++) {
    const moved = indentedBy(inside, columns);
    if (moved !== undefined && contentHash(moved) === sha256) return true;
  }
  return false;
}
