import { basename } from 'node:path';
import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import type { SecretsEditOptions } from '../../cli/secrets/edit-command.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { ExpectedError, usageError } from '../../errors.ts';
import { decryptFile, verifyFile } from '../../secrets/format/decrypt-file.ts';
import { encryptEdited } from '../../secrets/format/encrypt-edited.ts';
import { sopsText } from '../../secrets/format/refuse-text.ts';
import { type PrivateFile, withPrivateFile } from '../../secrets/private-file.ts';
import { Secret } from '../../secrets/secret.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import { editorOf, openEditor } from '../../wizard/editor.ts';
import { openRepository } from '../open-repository.ts';
import { changeFile } from './change-file.ts';
import { findKeys } from './opened.ts';
import { secretFile } from './secret-file.ts';
import { targetWords } from './target-words.ts';

/** Opens an encrypted file in the person's editor and encrypts what they leave; needs a person at a terminal. */
export async function edit(io: Io, options: SecretsEditOptions): Promise<Outcome> {
  if (!options.dryRun) refuseUnattended(io, options);
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  const file = await secretFile(io, repository, options.target);
  const { path, source } = file;
  const keys = await findKeys(io, repository, options.keysDirectory);
  if (options.dryRun) {
    await keys.open(file, (identities) => verifyFile(source, identities));
    return {
      changes: [],
      steps: [],
      problems: keys.warnings,
      nextSteps: [],
      text: `Would open ${path} in ${editorOf(io).editor}: a key here opens it. What you would leave is not known.\n`,
    };
  }
  const text = await keys.open(file, async (identities) => {
    const { text: plain } = await decryptFile(source, identities);
    const name = basename(path).replace('.sops.', '.');
    return withPrivateFile(io, { name, text: plain }, (opened) =>
      editUntilValid(io, { file: opened, path }, async (bytes) => {
        const edited = new Secret(sopsText(bytes, `${path} as you edited it`));
        return encryptEdited(source, edited, { identities, now: new Date() });
      }),
    );
  });
  return changeFile(
    io,
    repository,
    {
      file,
      text,
      same: `${path} is as it was`,
      warnings: keys.warnings,
      title: `Edit ${path}`,
      done: `Edited ${path}`,
      words: ['secrets', 'edit', path],
      isTyped: true,
    },
    options,
  );
}

/** What was typed is not lost to a mistake: where a person sits, the editor opens again with it. */
async function editUntilValid(
  io: Io,
  { file, path }: { file: PrivateFile; path: RepoPath },
  seal: (bytes: Buffer) => Promise<string>,
): Promise<string> {
  for (;;) {
    await openEditor(io, file.path);
    try {
      return await seal(await file.read());
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      if (!(await wantsAgain(io, error))) throw nothingKept(error, path);
    }
  }
}

async function wantsAgain(io: Io, { message, why }: ExpectedError): Promise<boolean> {
  const { terminalPrompts } = await import('../../wizard/prompts.ts');
  const prompts = terminalPrompts(io);
  prompts.warn([message, ...why].join('\n'));
  const chosen = await prompts.select('What now?', [
    { value: 'again', label: 'Edit again', hint: 'with what you typed' },
    { value: 'quit', label: 'Quit', hint: 'the file stays as it was, what you typed is gone' },
  ]);
  return chosen === 'again';
}

/** What helps against a damaged file of the repository does not help here: that one is whole. */
function nothingKept({ code, exitCode, message, why, problems }: ExpectedError, path: RepoPath): ExpectedError {
  const kept = 'The file is as it was; of what was edited nothing is kept.';
  const hint = `${npx} ${shellCommand(['secrets', 'edit', path])}`;
  return new ExpectedError({ code, exitCode, message, why: [...why, kept], problems, hint });
}

/** @throws ExpectedError `not-a-terminal` (exit 2) before anything is decrypted: an editor would wait, or print the text */
function refuseUnattended(io: Io, { target }: SecretsEditOptions): void {
  if (io.interactive) return;
  throw usageError('cannot open an editor where nobody sits at a terminal', {
    code: 'not-a-terminal',
    why: ['With --yes, --json, --no-input, in CI and in a pipe nobody is asked for anything.'],
    hint: `${npx} ${shellCommand(['secrets', 'set', target.file, 'KEY', ...targetWords(target), '--from-file', 'FILE'])}`,
  });
}
