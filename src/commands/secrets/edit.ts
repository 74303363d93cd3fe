import { basename } from 'node:path';
import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { SecretsEditOptions } from '../../cli/secrets/edit-command.ts';
import { ExpectedError } from '../../errors.ts';
import { decryptFile } from '../../secrets/format/decrypt-file.ts';
import { encryptEdited } from '../../secrets/format/encrypt-edited.ts';
import { sopsText } from '../../secrets/format/refuse-text.ts';
import { type PrivateFile, withPrivateFile } from '../../secrets/private-file.ts';
import { Secret } from '../../secrets/secret.ts';
import { openEditor } from '../../wizard/editor.ts';
import { openRepository } from '../open-repository.ts';
import { changeFile } from './change-file.ts';
import { findKeys } from './opened.ts';
import { secretFile } from './secret-file.ts';

/** Opens an encrypted file in the person's editor and encrypts what they leave. */
export async function edit(io: Io, options: SecretsEditOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  const file = await secretFile(io, repository, options.target);
  const { path, source } = file;
  const keys = await findKeys(io, repository, options.keysDirectory);
  const text = await keys.open(file, async (identities) => {
    const { text: plain } = await decryptFile(source, identities);
    const name = basename(path).replace('.sops.', '.');
    return withPrivateFile(io, { name, text: plain }, (opened) =>
      editUntilValid(io, opened, async (bytes) => {
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
    },
    options,
  );
}

/** What was typed is not lost to a mistake: where a person sits, the editor opens again with it. */
async function editUntilValid(io: Io, file: PrivateFile, seal: (bytes: Buffer) => Promise<string>): Promise<string> {
  for (;;) {
    await openEditor(io, file.path);
    try {
      return await seal(await file.read());
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      if (!(io.interactive && (await wantsAgain(io, error)))) throw nothingKept(error);
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

function nothingKept({ code, exitCode, message, why, hint, problems }: ExpectedError): ExpectedError {
  const kept = 'The file is as it was; of what was edited nothing is kept.';
  return new ExpectedError({
    code,
    exitCode,
    message,
    why: [...why, kept],
    problems,
    ...(hint !== undefined && { hint }),
  });
}
