import type { ChangeOptions } from '../../cli/change-options.ts';
import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { Problem } from '../../problem.ts';
import { overlayTree } from '../../tree/overlay-tree.ts';
import { carryOut } from '../carry-out.ts';
import type { OpenRepository } from '../open-repository.ts';
import { noteProblems } from '../outcome-of-run.ts';
import type { Proposal } from '../proposal.ts';
import { keyEdits } from './changed-keys.ts';
import { proposeSecret } from './propose-secret.ts';
import type { SecretFile } from './secret-file.ts';

/** New ciphertext of one file that is there, and what is said of it. */
interface FileChange extends Pick<Proposal, 'title' | 'done' | 'words' | 'isTyped'> {
  file: SecretFile;
  text: string;
  /** Why nothing changes, when the text is the same. */
  same: string;
  /** About the keys that were used. */
  warnings: readonly Problem[];
}

/**
 * Writes other ciphertext of a file, and to the model the names of keys where those are others. It replaces the text that
 * it was made from and no other: what came into the file while a person typed stops it before anything is written.
 */
export async function changeFile(
  io: Io,
  repository: OpenRepository,
  { file, text, same, warnings, ...said }: FileChange,
  options: ChangeOptions,
): Promise<Outcome> {
  const notes = warnings.map(({ message, hint }) => (hint === undefined ? message : `${message}: ${hint}`));
  const isSame = text === file.source.text;
  if (isSame && !options.commit)
    return {
      changes: [],
      steps: [],
      problems: noteProblems([...repository.notes, ...notes]),
      nextSteps: [],
      text: `Nothing to do: ${same}.\n`,
    };
  const change = {
    ...said,
    declared: file.declared,
    edits: isSame ? [] : keyEdits(repository, file, text),
    seal: async () => ({ sealed: new Map(isSame ? [] : [[file.path, text]]), notes: [] }),
    notes,
  };
  const asRead = overlayTree(repository.tree, new Map([[file.path, file.source.text]]));
  return carryOut(io, await proposeSecret(io, { ...repository, tree: asRead }, change, options), options);
}
