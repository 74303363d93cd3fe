import type { Io } from '../../cli/io.ts';
import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { ExpectedError } from '../../errors.ts';

/**
 * Refuses what cannot be taken back where nobody is asked and nobody gave the name twice. A plan that is only shown needs
 * no confirmation, and one that is asked about neither.
 *
 * @throws ExpectedError `needs-confirmation` (exit 3)
 */
export function requireConfirmation(
  io: Io,
  { dryRun, commit, confirmed }: { dryRun: boolean; commit: boolean; confirmed: string | undefined },
  about: { name: string; what: string; words: readonly string[] },
): void {
  if (dryRun || (io.interactive && confirmed === undefined) || confirmed === about.name) return;
  throw new ExpectedError({
    code: 'needs-confirmation',
    exitCode: 3,
    message: `cannot ${about.what} without a confirmation`,
    why: [confirmed === undefined ? 'Nobody can be asked here.' : `--confirm says ${confirmed}, not ${about.name}.`],
    hint: `${npx} ${shellCommand([...about.words, ...(commit ? ['--commit'] : []), '--yes'])}`,
  });
}
