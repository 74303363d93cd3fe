import type { Tree } from '../tree/tree.ts';
import type { BaseLookup } from './pristine-base.ts';
import type { Resolution } from './resolution.ts';

/** What every comparison of one plan shares. */
export interface Comparison {
  /** What is there. */
  tree: Tree;
  bases: BaseLookup;
  resolve: Resolution;
}
