import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { RecipientsOptions } from '../../cli/secrets/recipients-command.ts';
import { carryOut } from '../carry-out.ts';
import { openRepository } from '../open-repository.ts';
import { listRecipients } from './list-recipients.ts';
import { proposeRecipient } from './propose-recipient.ts';
import { proposeRemoval } from './propose-removal.ts';
import { proposeUpdate } from './propose-update.ts';
import { requireSops } from './require-sops.ts';

/**
 * Shows or changes who can read the secrets.
 *
 * @throws ExpectedError
 */
export async function recipients(io: Io, options: RecipientsOptions): Promise<Outcome> {
  const readOnly = options.dryRun || options.action === 'list';
  const repository = await openRepository(io, { directory: options.directory, readOnly });
  requireSops(repository.model);
  switch (options.action) {
    case 'list':
      return listRecipients(io, repository, options);
    case 'add':
      return carryOut(io, await proposeRecipient(io, repository, options), options);
    case 'remove':
      return carryOut(io, await proposeRemoval(io, repository, options), options);
    case 'update':
      return carryOut(io, await proposeUpdate(io, repository, options), options);
  }
}
