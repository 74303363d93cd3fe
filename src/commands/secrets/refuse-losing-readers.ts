import { ExpectedError } from '../../errors.ts';
import { canWrapFor } from '../../secrets/format/data-key.ts';
import type { ReaderChange } from '../../secrets/readers/reader-changes.ts';

const mostNamed = 5;

/**
 * Refuses what would leave a file without a reader, or take it from readers we cannot encrypt for.
 *
 * @throws ExpectedError `last-recipient`, `foreign-recipients` naming the files
 */
export function refuseLosingReaders(changes: readonly ReaderChange[], newDataKeys: boolean): void {
  const orphaned = changes.filter(({ recipients }) => recipients.length === 0);
  if (orphaned.length > 0)
    throw new ExpectedError({
      code: 'last-recipient',
      exitCode: 1,
      message: `nobody could read ${orphaned.length === 1 ? 'a file' : `${orphaned.length} files`} any more`,
      why: named(orphaned),
      hint: 'Let somebody else in first: secrets recipients add NAME age1…',
    });
  const foreign = changes.filter(({ file, recipients }) => file.foreign.length > 0 || !recipients.every(canWrapFor));
  if (!newDataKeys || foreign.length === 0) return;
  throw new ExpectedError({
    code: 'foreign-recipients',
    exitCode: 1,
    message: 'cannot make new data keys: some who read these files are no age keys, and would lose them',
    why: named(foreign),
    hint: 'Take these readers out of the files first (sops updatekeys), or rotate the files with sops.',
  });
}

function named(changes: readonly ReaderChange[]): string[] {
  const more = changes.length - mostNamed;
  const lines = changes.slice(0, mostNamed).map(({ file }) => {
    return file.foreign.length === 0 ? file.path : `${file.path} (${file.foreign.join(', ')})`;
  });
  return more > 0 ? [...lines, `… and ${more} more`] : lines;
}
