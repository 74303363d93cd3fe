import type { ChangeOptions } from '../../cli/change-options.ts';
import type { Io } from '../../cli/io.ts';
import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { type ExpectedError, usageError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { inOrder } from '../../model/units.ts';
import { nearest } from '../../nearest.ts';
import type { OpenRepository } from '../open-repository.ts';
import type { Proposal } from '../proposal.ts';
import { planReaders } from './propose-readers.ts';
import { readersProposal } from './readers-proposal.ts';
import { requireConfirmation } from './require-confirmation.ts';

/**
 * What shutting a person out comes to: everything they could read gets new data keys.
 *
 * @throws ExpectedError for a name that is none, without a confirmation; as `planReaders`
 */
export async function proposeRemoval(
  io: Io,
  repository: OpenRepository,
  options: ChangeOptions & { name: string; confirmed: string | undefined },
): Promise<Proposal> {
  const { name } = options;
  const recipient = repository.model.secrets.recipients?.[name];
  if (recipient === undefined) throw unknownPerson(repository.model, name);
  const words = ['secrets', 'recipients', 'remove', name, '--confirm', name];
  requireConfirmation(io, options, { name, what: `remove ${name}`, words });
  const planned = await planReaders(io, repository, {
    edits: [{ path: ['secrets', 'recipients', name], value: undefined }],
    readers: { drop: [recipient] },
    newDataKeys: true,
    sides: options.sides,
    keysDirectory: options.keysDirectory,
  });
  const count = planned.changes.length;
  return readersProposal(repository, planned, {
    title: `Shut ${name} out of the secrets`,
    done: `${name} can no longer read the secrets`,
    notes: [
      ...(name === 'recovery'
        ? [
            'This is the recovery key: without it nobody can help a cluster that lost its own. The next apply makes another.',
          ]
        : []),
      ...(count === 0
        ? []
        : [
            `${name} may have seen the values of ${count === 1 ? 'one file' : `${count} files`}, and can still read them in git's history. Change the values themselves where they come from.`,
          ]),
    ],
    nextSteps: [],
    words,
  });
}

function unknownPerson(model: Model, name: string): ExpectedError {
  const people = inOrder(model.secrets.recipients).map(([known]) => known);
  const isCluster = Object.hasOwn(model.clusters, name);
  const meant = nearest(name, people);
  return usageError(`no person is called ${name}`, {
    why: [`flux-repo.yaml knows ${people.join(', ')}.`],
    ...(isCluster
      ? { hint: `A cluster's key is replaced: ${npx} ${shellCommand(['secrets', 'rotate', '--cluster', name])}` }
      : meant !== undefined && { hint: `Did you mean ${meant}?` }),
  });
}
