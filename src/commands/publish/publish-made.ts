import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { Cancelled, ExpectedError } from '../../errors.ts';
import { keysDir } from '../../secrets/keys-dir.ts';
import type { Prepared } from '../prepare.ts';
import { publishCommand } from './publish-words.ts';
import type { PublishHow, PublishRun } from './run-publishing.ts';

/**
 * Publishes what `create` has made, or in a dry run would make. A failure is told like one of its last steps, since the
 * rest is done by then.
 */
export async function publishMade(
  io: Io,
  { model, target: { root, shown, state } }: Prepared,
  how: Pick<PublishHow, 'dryRun' | 'tokenStdin' | 'caFile' | 'keysDirectory'>,
): Promise<PublishRun> {
  const { runPublishing } = await import('./run-publishing.ts');
  // What was only a default need not be said again.
  const isDefault = keysDir({ ...io, flag: how.keysDirectory }) === keysDir(io);
  const keysDirectory = isDefault ? undefined : how.keysDirectory;
  const options = { ...how, keysDirectory, yes: true, protection: 'basic' } as const;
  try {
    return await runPublishing(io, { model, root, shown, isPlanned: how.dryRun && state === 'new' }, options);
  } catch (failure) {
    if (!(failure instanceof ExpectedError || failure instanceof Cancelled)) throw failure;
    const standing = how.dryRun
      ? 'Nothing was written.'
      : `The repository is made and committed here. To publish it: ${publishCommand({ shown }, options)}`;
    const told = how.dryRun ? failure : afterWriting(failure);
    return { steps: [], problems: [], nextSteps: [], told: '', server: {}, failure: told, standing };
  }
}

/** The exit codes 2 and 3 say that nothing was written. */
function afterWriting(failure: ExpectedError | Cancelled): ExpectedError | Cancelled {
  if (failure instanceof Cancelled || failure.exitCode === 1) return failure;
  const { code, message, why, hint, problems } = failure;
  return new ExpectedError({ code, exitCode: 1, message, why, problems, ...(hint !== undefined && { hint }) });
}

/** One outcome of both; what was made is told although publishing failed. */
export function withPublished(made: Outcome, published: PublishRun): Outcome {
  const { steps, problems, result, nextSteps: _, told: __, server: ___, ...rest } = published;
  return {
    ...made,
    ...rest,
    steps: [...made.steps, ...steps],
    problems: [...made.problems, ...problems],
    result: {
      ...made.result,
      ...result,
      ...(made.result?.keysFolder !== undefined && { keysFolder: made.result.keysFolder }),
    },
  };
}
