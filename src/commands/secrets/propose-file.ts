import type { ChangeOptions } from '../../cli/change-options.ts';
import type { Io } from '../../cli/io.ts';
import type { Problem } from '../../problem.ts';
import type { OpenRepository } from '../open-repository.ts';
import type { Proposal } from '../proposal.ts';
import { keyEdits } from './changed-keys.ts';
import { proposeSecret } from './propose-secret.ts';
import type { SecretFile } from './secret-file.ts';

/** New ciphertext of one file that is there, and what is said of it. */
interface FileChange extends Pick<Proposal, 'title' | 'done' | 'words'> {
  file: SecretFile;
  text: string;
  /** About the keys that were used. */
  warnings: readonly Problem[];
}

/** The same file with other values: the ciphertext, and the names of keys in the model where those are others. */
export function proposeFile(
  io: Io,
  repository: OpenRepository,
  { file, text, warnings, ...said }: FileChange,
  options: ChangeOptions,
): Promise<Proposal> {
  const isSame = text === file.source.text;
  const change = {
    ...said,
    declared: file.declared,
    edits: isSame ? [] : keyEdits(repository, file, text),
    seal: async () => ({ sealed: new Map(isSame ? [] : [[file.path, text]]), notes: [] }),
    notes: warnings.map(({ message, hint }) => (hint === undefined ? message : `${message}: ${hint}`)),
  };
  return proposeSecret(io, repository, change, options);
}
