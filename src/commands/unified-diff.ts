import { structuredPatch } from 'diff';
import type { Paint } from '../cli/marks.ts';
import type { WriteChange } from '../plan/plan.ts';

/** Lines around a change. */
const context = 3;

/** What a change does to its file, in the format of `git diff`, which `git apply` takes. */
export function unifiedDiff(change: WriteChange): string[] {
  const { path } = change;
  const before = change.action === 'create' ? '' : change.before;
  const after = change.action === 'delete' ? '' : change.after;
  const [from, to] = [`a/${path}`, `b/${path}`];
  const hunks = unifiedHunks(before, after);
  const mode = change.action === 'create' && change.executable ? '100755' : '100644';
  return [
    `diff --git ${from} ${to}`,
    ...(change.action === 'create' ? [`new file mode ${mode}`] : []),
    ...(change.action === 'delete' ? [`deleted file mode ${mode}`] : []),
    ...(hunks.length === 0
      ? []
      : [
          `--- ${change.action === 'create' ? '/dev/null' : from}`,
          `+++ ${change.action === 'delete' ? '/dev/null' : to}`,
          ...hunks,
        ]),
  ];
}

/** The hunks that turn one text into another, without the names of files. */
export function unifiedHunks(before: string, after: string): string[] {
  return structuredPatch('', '', before, after, '', '', { context }).hunks.flatMap((hunk) => [
    `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
    ...hunk.lines,
  ]);
}

/** A range without lines is named by the line before it: https://www.gnu.org/software/diffutils/manual/#Detailed-Unified */
function range(start: number, count: number): string {
  if (count === 0) return `${start - 1},0`;
  return count === 1 ? `${start}` : `${start},${count}`;
}

/** The lines of `unifiedDiff` as a terminal shows them. */
export function paintDiff(lines: readonly string[], paint: Paint): string[] {
  const body = lines.findIndex((line) => line.startsWith('@@'));
  return lines.map((line, index) => {
    if (body === -1 || index < body) return paint('bold', line);
    const colour = ({ '@': 'cyan', '+': 'green', '-': 'red' } as const)[line.charAt(0)];
    return colour === undefined ? line : paint(colour, line);
  });
}
