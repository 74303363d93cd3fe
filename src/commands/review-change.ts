import { type Io, screenOf } from '../cli/io.ts';
import { marksFor, paintFor } from '../cli/marks.ts';
import { Cancelled } from '../errors.ts';
import { keyFileName } from '../secrets/key-name.ts';
import { terminalPrompts } from '../wizard/prompts.ts';
import { keptRows } from './kept-rows.ts';
import { keptValueNotes } from './kept-values.ts';
import { isKeptByHand, planRows } from './plan-lines.ts';
import { type Proposal, visibleWrites } from './proposal.ts';
import { toldChanges } from './told-changes.ts';

/** Shows what is about to happen and asks for a yes. @throws Cancelled for any other answer */
export async function reviewChange(io: Io, proposal: Proposal): Promise<void> {
  const prompts = terminalPrompts(io);
  const look = { paint: paintFor(screenOf(io)), marks: marksFor(io) };
  const writes = visibleWrites(proposal.plan);
  const { keys, keysFolder } = proposal;
  const told = toldChanges(proposal);
  const kept = told.filter(isKeptByHand).length;
  const sections = [
    planRows(writes, look, false),
    kept === 0 ? [] : [`${kept} kept as you have it:`, ...keptRows(told, look, false)],
    keys.length === 0
      ? []
      : [
          'New private keys, outside of the repository:',
          keysFolder ?? '',
          ...keys.map(({ key }) => `  ${keyFileName(key)}`),
        ],
    [...proposal.notes, ...keptValueNotes(proposal.plan, proposal.repository.shown)],
  ].filter((lines) => lines.length > 0);
  prompts.note(sections.map((lines) => lines.join('\n')).join('\n\n'), proposal.title);
  for (;;) {
    const chosen = await prompts.select('Apply this?', [
      { value: 'apply', label: 'Apply', hint: 'write all of it now; edits of yours are kept' },
      { value: 'files', label: 'Show files', hint: 'every path' },
      { value: 'quit', label: 'Quit', hint: 'write nothing' },
    ]);
    if (chosen === 'quit') throw new Cancelled();
    if (chosen === 'apply') return;
    const files = [...planRows(writes, look, true), ...keptRows(proposal.plan.changes, look, true)];
    prompts.note(files.join('\n'), 'Files');
  }
}
