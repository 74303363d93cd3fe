import type { Io } from '../cli/io.ts';
import { marksFor, paintFor } from '../cli/marks.ts';
import type { NextStep, StepRecord } from '../cli/outcome.ts';
import { widthOfPipe, wrapped } from '../cli/wrapped.ts';
import type { Change } from '../plan/change.ts';
import { folderWords } from './folder-words.ts';
import { keptRows } from './kept-rows.ts';
import { files, isAway, keptInWords, type Look, planHeading, planRows } from './plan-lines.ts';

/** What `create` has to tell people. */
export interface CreateStory {
  /** The folder as the person gave it. */
  shown: string;
  dryRun: boolean;
  verbose: boolean;
  changes: readonly Change[];
  steps: readonly StepRecord[];
  /** Titles of the steps that had something to do. */
  did: readonly string[];
  /** Not in the way, but to be said. */
  notes: readonly string[];
  nextSteps: readonly NextStep[];
  /** What publishing has to tell; empty without it. */
  told?: string;
  /** The command that does the same without asking; given when a person was asked. */
  command: string | undefined;
}

/** The result for people, for stdout: the plan, what is left to say, what to do next. */
export function createText(io: Io, story: CreateStory): string {
  const look = { paint: paintFor(io.stdout), marks: marksFor(io) };
  const width = io.stdout.columns ?? widthOfPipe;
  const sections = [
    planLines(story, look, width),
    story.notes.flatMap((note) => noteLines(note, look, width)),
    story.dryRun ? pendingLines(story.steps, look) : [],
    story.told ? [story.told.trimEnd()] : [],
    nextLines(story.nextSteps, look, width),
    story.command === undefined ? [] : ['The same without questions:', `  ${look.paint('cyan', story.command)}`],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** A person who was asked has seen the plan in the review. */
function planLines(
  { shown, changes, dryRun, verbose, steps, did, command }: CreateStory,
  look: Look,
  width: number,
): string[] {
  const isNews = changes.some(({ action }) => action !== 'same' && action !== 'kept');
  if (isNews) {
    const hasSeenIt = command !== undefined && !dryRun && !verbose;
    const rows = hasSeenIt ? [] : [...planRows(changes, look, verbose), ...keptRows(changes, look, verbose)];
    return [planHeading(changes, { shown, dryRun }), ...rows];
  }
  const isDone = did.length === 0 && steps.every(({ state }) => state === 'done');
  const count = files(changes.filter((change) => !isAway(change)).length);
  const standing = `${isDone ? 'Nothing to do' : 'No file changes'}: ${folderWords(shown)} holds ${count} as flux-repo.yaml wants them.`;
  const words = wrapped([standing, keptInWords(changes)].join(' ').trimEnd(), width);
  return [...words, ...keptRows(changes, look, verbose)];
}

/** An indented line is a command, which must stay in one piece to be copied. */
function noteLines(note: string, { paint }: Look, width: number): string[] {
  const lines = `${paint('yellow', 'Note:')} ${note}`.split('\n');
  return lines.flatMap((line) => (line.startsWith('  ') ? [line] : wrapped(line, width)));
}

function pendingLines(steps: readonly StepRecord[], { paint, marks }: Look): string[] {
  const waiting = steps.filter(({ state }) => state === 'pending');
  const lines = waiting.map(({ title }) => `  ${paint('dim', marks.skipped)} ${title}`);
  return [...(lines.length === 0 ? [] : ['It would then:', ...lines]), 'Dry run: nothing was written.'];
}

/** What a person does next, as the end of a result; empty when there is nothing. */
export function nextText(io: Io, steps: readonly NextStep[]): string {
  const look = { paint: paintFor(io.stdout), marks: marksFor(io) };
  const lines = nextLines(steps, look, io.stdout.columns ?? widthOfPipe);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** What a person does next, numbered. */
export function nextLines(steps: readonly NextStep[], { paint }: Look, width: number): string[] {
  if (steps.length === 0) return [];
  const lines = steps.flatMap(({ text, commands }, index) => [
    ...wrapped(text, width - 5).map((line, row) => `${row === 0 ? `  ${index + 1}. ` : '     '}${line}`),
    ...commands.map((command) => `       ${paint('cyan', command)}`),
  ]);
  return [paint('bold', 'Next steps'), ...lines];
}
