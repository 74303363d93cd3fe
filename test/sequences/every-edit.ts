import { additions } from './additions.ts';
import { rewritings } from './hand-edits.ts';
import { modelEdits } from './model-edits.ts';
import { removals } from './removals.ts';
import type { Coverage } from './sequence.ts';

/** What no sequence did. */
export function neverTried(coverage: Coverage): string[] {
  const byHand = [...Object.keys(rewritings), 'change a scalar', 'add a resource', 'delete a file', 'convert to CRLF'];
  const all = [
    ...Object.keys(additions),
    ...Object.keys(removals),
    ...Object.keys(modelEdits),
    ...byHand.map((kind) => `hand: ${kind}`),
    ...['hand: remark beside our block', 'apply', 'git commit', 'conflict: --ours', 'conflict: --theirs'],
  ];
  return all.filter((kind) => !coverage.has(kind));
}
