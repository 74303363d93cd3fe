import type { Io } from '../../cli/io.ts';
import { type Marks, marksFor, paintFor } from '../../cli/marks.ts';
import type { NextStep } from '../../cli/outcome.ts';
import { widthOfPipe, wrapped } from '../../cli/wrapped.ts';
import { nextLines } from '../create-text.ts';
import type { KeyPush } from './push-key.ts';

/** What becomes of an entry; `foreign` is one that somebody else keeps there. */
type EntryAction = 'write' | 'remove' | 'keep' | 'foreign';

/** One entry of the key Secret. */
interface EntryRow {
  entry: string;
  action: EntryAction;
  /** Public halves of what is in it. */
  recipients: readonly string[];
}

/** What becomes of each entry of the key Secret, in order. */
export function entryRows({ held, plan, isOurs }: KeyPush): EntryRow[] {
  const recipientsIn = (entry: string) => held.find((each) => each.entry === entry)?.recipients ?? [];
  const set = plan.set.map(({ entry, recipient }) => ({ entry, action: 'write' as const, recipients: [recipient] }));
  const touched = new Set([...set.map(({ entry }) => entry), ...plan.remove]);
  const rows: EntryRow[] = [
    ...set,
    ...plan.remove.map((entry) => ({ entry, action: 'remove' as const, recipients: recipientsIn(entry) })),
    ...held
      .filter(({ entry }) => !touched.has(entry))
      .map(({ entry, recipients = [] }) => {
        const action: EntryAction = isOurs(entry) ? 'keep' : 'foreign';
        return { entry, action, recipients };
      }),
  ];
  return rows.sort((one, other) => (one.entry < other.entry ? -1 : 1));
}

/** The result for people. */
export function pushKeyText(
  io: Io,
  story: { push: KeyPush; isDryRun: boolean; notes: readonly string[]; nextSteps: readonly NextStep[] },
): string {
  const { push, isDryRun, notes, nextSteps } = story;
  const look = { paint: paintFor(io.stdout), marks: marksFor(io) };
  const width = io.stdout.columns ?? widthOfPipe;
  const rows = entryRows(push);
  const longest = Math.max(...rows.map(({ entry }) => entry.length));
  const sections = [
    [
      heading(push, isDryRun),
      ...rows.map(
        ({ entry, action, recipients }) =>
          `  ${signOf(action, look.marks)} ${entry.padEnd(longest)}  ${look.paint('dim', recipients.join(', ') || 'no key of age')}`,
      ),
    ],
    notes.flatMap((note) => wrapped(`${look.paint('yellow', 'Note:')} ${note}`, width)),
    isDryRun ? ['Dry run: nothing was written.'] : [],
    nextLines(nextSteps, look, width),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function heading({ cluster, context, plan }: KeyPush, isDryRun: boolean): string {
  const where = `Secret flux-system/sops-age on ${cluster} (context ${context})`;
  if (plan.set.length + plan.remove.length === 0) return `Nothing to do: ${where} holds its keys.`;
  return isDryRun ? `${where} would become:` : `${where}, read back and compared:`;
}

function signOf(action: EntryAction, marks: Marks): string {
  const signs = { write: marks.create, remove: marks.remove, keep: '=', foreign: '=' };
  return signs[action];
}
