import { byFile, type CheckReport } from '../../cli/check/check-report.ts';
import { contextLine } from '../../cli/check/code-frame.ts';
import type { CheckOptions } from '../../cli/check-command.ts';
import { type Io, screenOf } from '../../cli/io.ts';
import { paintFor } from '../../cli/marks.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { Cancelled, ExpectedError, usageError } from '../../errors.ts';
import { applyPlan } from '../../plan/apply-plan.ts';
import type { UpdateChange } from '../../plan/change.ts';
import { terminalPrompts } from '../../wizard/prompts.ts';
import { editYaml } from '../../yaml/edit-yaml.ts';
import { openYaml } from '../../yaml/yaml-file.ts';
import type { YamlOperation } from '../../yaml/yaml-operation.ts';
import { againWords } from '../again.ts';
import { files } from '../plan-lines.ts';
import { paintDiff, unifiedDiff } from '../unified-diff.ts';

/** What became of the fixes. */
export interface FixesMade {
  changes: readonly UpdateChange[];
  isWritten: boolean;
  /** What became of the commit and the pull request, where one was asked for. */
  carried?: Outcome;
  /** For people: what was, or would be, changed. */
  text: string;
}

/**
 * Makes the fixes that findings offer, all or nothing, after showing them.
 * @throws ExpectedError (exit 2) when nobody can be asked and nobody said yes; Cancelled
 */
export async function applyFixes(
  io: Io,
  root: string,
  { problems, textOf }: CheckReport,
  options: CheckOptions,
): Promise<FixesMade> {
  const operations = byFile(problems.flatMap(({ fix }) => fix ?? []));
  const edits = [...operations].map(([path, fixes]) =>
    edited(
      path,
      textOf(path),
      fixes.flatMap((fix) => fix.operations),
    ),
  );
  const changes = edits.flatMap((edit) => edit.change ?? []);
  const left = edits.flatMap((edit) => (edit.left === undefined ? [] : [`${edit.left}\n`])).join('');
  if (changes.length === 0)
    return { changes: [], isWritten: false, text: `${left}Nothing can be fixed without a person.\n\n` };
  const diff = (screen: boolean) =>
    changes.flatMap((change) => paintDiff(shownDiff(change), paintFor(screen ? screenOf(io) : io.stdout)));
  if (options.dryRun) return { changes, isWritten: false, text: `${diff(false).join('\n')}\n${left}\n` };
  if (!options.yes) {
    if (!io.interactive) throw unasked(options);
    const prompts = terminalPrompts(io);
    prompts.note(diff(true).join('\n'), `Fix ${files(changes.length)}`);
    const answer = await prompts.select('Write this?', [
      { value: 'write', label: 'Write', hint: 'all of it' },
      { value: 'quit', label: 'Quit', hint: 'write nothing' },
    ]);
    if (answer !== 'write') throw new Cancelled();
  }
  const fixed = `Fixed ${changes.map(({ path }) => path).join(', ')}.`;
  const text = `${[...diff(false), '', fixed].join('\n')}\n${left}\n`;
  if (options.change.commit) {
    // Loaded only then: it plans, proves and publishes.
    const { commitFixes } = await import('./commit-fixes.ts');
    const carried = await commitFixes(io, root, changes, options.change);
    return { changes, isWritten: carried.failure === undefined, carried, text };
  }
  await applyPlan(root, { changes });
  return { changes, isWritten: true, text };
}

/** The lines around a change are for orientation: what may be secret in them is left out. */
function shownDiff(change: UpdateChange): string[] {
  return unifiedDiff(change).map((line) => (line.startsWith(' ') ? contextLine(change.before, line) : line));
}

/** What cannot be edited without doubt stays as it is: that is said, and the finding is told again. */
function edited(
  path: string,
  before: string | undefined,
  operations: readonly YamlOperation[],
): { change?: UpdateChange; left?: string } {
  if (before === undefined) return {};
  try {
    const after = editYaml(openYaml(before, path), operations);
    if (after === before) return {};
    return { change: { action: 'update', path, before, after, unit: 'repository', ownership: 'managed' } };
  } catch (error) {
    if (error instanceof ExpectedError) return { left: `Left as it is: ${error.message}` };
    throw error;
  }
}

function unasked({ folder, change }: CheckOptions): ExpectedError {
  const words = againWords(['check', ...(folder === undefined ? [] : [folder]), '--fix'], change);
  return usageError('cannot ask whether to write the fixes', {
    code: 'needs-consent',
    why: ['There is no terminal to ask at, or asking is off.'],
    hint: `${npx} ${shellCommand([...words, '--yes'])}, or with --dry-run to look first`,
  });
}
