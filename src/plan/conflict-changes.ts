import { isFilled } from '../yaml/value-kinds.ts';
import { yamlBlock } from '../yaml/yaml-block.ts';
import type { ConflictChange, ContestedValue } from './change.ts';
import type { MergeConflict } from './merge/merge-result.ts';

/** The conflicts of a merge as they are shown: every value as text. */
export function conflictChanges(
  file: Pick<ConflictChange, 'path' | 'unit' | 'ownership'>,
  conflicts: readonly MergeConflict[],
): ConflictChange[] {
  return conflicts.map((conflict) => ({ action: 'conflict', ...file, ...contestedValue(conflict) }));
}

/** What both changed, as it is shown. */
export function contestedValue({ document, at, base, ours, theirs, isText }: MergeConflict): ContestedValue {
  const shown = (value: unknown) => (isText && typeof value === 'string' ? value : shownValue(value));
  const where = document === undefined ? { at } : { document, at };
  return { ...where, base: shown(base), ours: shown(ours), theirs: shown(theirs) };
}

/** As YAML, without line ending for what fits on one line. */
function shownValue(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = yamlBlock(value);
  return isFilled(value) ? text : text.trimEnd();
}
