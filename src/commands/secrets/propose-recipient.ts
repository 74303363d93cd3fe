import type { ChangeOptions } from '../../cli/change-options.ts';
import type { Io } from '../../cli/io.ts';
import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { usageError } from '../../errors.ts';
import { labelFault } from '../../model/label.ts';
import type { Model } from '../../model/model.ts';
import { isRecipient } from '../../model/recipient.ts';
import { recipientNames } from '../../model/recipient-names.ts';
import type { OpenRepository } from '../open-repository.ts';
import type { Proposal } from '../proposal.ts';
import { planReaders } from './propose-readers.ts';
import { readersProposal } from './readers-proposal.ts';

/**
 * What letting a person in comes to.
 *
 * @throws ExpectedError (exit 2) for a name or a key that cannot be; as `planReaders`
 */
export async function proposeRecipient(
  io: Io,
  repository: OpenRepository,
  options: ChangeOptions & { name: string; recipient: string },
): Promise<Proposal> {
  const { name, recipient } = options;
  refuseBad(repository.model, name, recipient);
  const planned = await planReaders(io, repository, {
    edits: [{ path: ['secrets', 'recipients', name], value: recipient }],
    readers: { add: [recipient] },
    newDataKeys: false,
    sides: options.sides,
    keysDirectory: options.keysDirectory,
  });
  return readersProposal(repository, planned, {
    title: `Let ${name} read the secrets`,
    done: `${name} can read the secrets`,
    notes: [`${name} reads the secrets of every environment: people are not restricted to some.`],
    nextSteps: [],
    words: ['secrets', 'recipients', 'add', name, recipient],
  });
}

function refuseBad(model: Model, name: string, recipient: string): void {
  if (/AGE-(SECRET-KEY|PLUGIN)/i.test(recipient))
    throw usageError('that is a private key, not its public half', {
      code: 'private-key-given',
      why: ['It is in the history of your shell now, and may be in logs: whoever has it can read what it opens.'],
      hint: 'Make a new key (age-keygen), and give only its public half, age1…',
    });
  if (!isRecipient(recipient))
    throw usageError(`the public key for ${name} is none, or not all of it`, {
      why: ['It begins with age1 and has 62 characters; keys of ssh and of plugins cannot be used.'],
      hint: 'age-keygen -y KEYFILE prints it',
    });
  const fault = labelFault(name);
  if (fault !== undefined)
    throw usageError(`"${name}" cannot be a name: ${fault}`, { hint: 'for example: ada-lovelace' });
  const before = model.secrets.recipients?.[name];
  if (before !== undefined && before !== recipient)
    throw usageError(`${name} has another key already`, {
      code: 'exists-already',
      why: [`flux-repo.yaml says ${before}.`],
      hint: `Add the new one under another name; when it works: ${npx} ${shellCommand(['secrets', 'recipients', 'remove', name, '--confirm', name])}`,
    });
  const owner = recipientNames(model).get(recipient);
  if (owner !== undefined && owner !== name)
    throw usageError(`this is the key of ${owner} already`, {
      code: 'exists-already',
      hint: 'One key has one name; ask for a key of their own.',
    });
}
