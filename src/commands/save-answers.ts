import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExpectedError } from '../errors.ts';
import type { Draft } from '../model/model.ts';
import { draftText } from '../model/write-model.ts';
import { isSystemError, reasonOf } from '../tree/system-error.ts';

const mostTries = 100;

/**
 * Keeps answers for later, as `<repository>.draft.yaml`; a file of that name is left alone and the next number taken.
 * @returns the file's name
 */
export async function saveAnswers(draft: Draft, folder: string): Promise<string> {
  const name = draft.repository?.name ?? 'flux-repo';
  for (let number = 1; number <= mostTries; number++) {
    const file = `${name}${number === 1 ? '' : `-${number}`}.draft.yaml`;
    try {
      await writeFile(join(folder, file), draftText(draft), { flag: 'wx' });
      return file;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (error.code !== 'EEXIST') throw unwritable(file, reasonOf(error));
    }
  }
  throw unwritable(`${name}.draft.yaml`, 'too many files of that name');
}

function unwritable(file: string, reason: string): ExpectedError {
  return new ExpectedError({
    code: 'draft-unwritable',
    exitCode: 1,
    message: `cannot save the answers in ${file}`,
    why: [reason],
    hint: 'run it again from a folder of your own, or with -C DIR',
  });
}
