import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { PublishOptions } from '../../cli/publish-command.ts';
import { nextText } from '../create-text.ts';
import { withInstall } from '../next-steps.ts';
import { openRepository } from '../open-repository.ts';
import { commitFirst } from './commit-first.ts';
import { runPublishing } from './run-publishing.ts';

/**
 * Brings the repository to its provider, or says what it would do. Up to the question only reads are sent; done again
 * when all is done, only reads are.
 *
 * @throws ExpectedError, Cancelled: as long as nothing is written; later they are the outcome's `failure`
 */
export async function publish(io: Io, options: PublishOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  const first = options.commit ? await commitFirst(io, repository) : undefined;
  const what = { ...repository, isPlanned: false, ...(first && { first }) };
  const { told, server, ...published } = await runPublishing(io, what, options);
  const { failure } = published;
  const nextSteps = withInstall(repository.model, published.nextSteps, server);
  const text = [told, nextText(io, nextSteps)].filter((part) => part !== '').join('\n');
  return { changes: [], ...published, nextSteps, ...(failure === undefined && { text }) };
}
