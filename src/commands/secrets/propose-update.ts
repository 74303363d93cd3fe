import type { ChangeOptions } from '../../cli/change-options.ts';
import type { Io } from '../../cli/io.ts';
import { lastApplied } from '../last-applied.ts';
import type { OpenRepository } from '../open-repository.ts';
import type { Proposal } from '../proposal.ts';
import { pendingRecipients } from './pending-recipients.ts';
import { planReaders } from './propose-readers.ts';
import { readersProposal, shortList } from './readers-proposal.ts';

/**
 * What giving every file the readers of its rule comes to, after public keys that were edited in `flux-repo.yaml`.
 * @throws as `planReaders`
 */
export async function proposeUpdate(io: Io, repository: OpenRepository, options: ChangeOptions): Promise<Proposal> {
  const edits = pendingRecipients(lastApplied(repository), repository.model);
  const planned = await planReaders(io, repository, {
    edits,
    readers: undefined,
    newDataKeys: false,
    sides: options.sides,
    keysDirectory: options.keysDirectory,
  });
  const shrunk = planned.changes.filter(({ dropped }) => dropped.length > 0).map(({ file }) => file.path);
  return readersProposal(repository, planned, {
    title: 'Encrypt the secrets for whom flux-repo.yaml and .sops.yaml name',
    done: 'Every encrypted file has the readers of its rule',
    notes:
      shrunk.length === 0
        ? []
        : [
            `Who was dropped from ${shortList(shrunk)} may have kept the data key: secrets rotate and recipients remove make new ones.`,
          ],
    nextSteps: [],
    commitsModel: edits.length > 0,
    words: ['secrets', 'recipients', 'update'],
  });
}
