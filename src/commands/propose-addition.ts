import type { AddOptions } from '../cli/add-command.ts';
import type { Io } from '../cli/io.ts';
import { npx } from '../cli/program.ts';
import { ExpectedError } from '../errors.ts';
import { type Addable, firstOf, type SaidOfUnit } from '../wizard/addition.ts';
import { readVariables } from '../wizard/secret-variables.ts';
import { addWords } from './add-words.ts';
import { additionNotes, additionSteps } from './addition-advice.ts';
import { copiedCredentials } from './copied-credentials.ts';
import { sourcesOfOne } from './credential-sources.ts';
import { appliedWith } from './edits-of-applied.ts';
import { lastApplied } from './last-applied.ts';
import { credentialEdits } from './new-credential.ts';
import { newKeys } from './new-keys.ts';
import { newReceiverTokens, saidCredentials } from './notification-credentials.ts';
import type { OpenRepository } from './open-repository.ts';
import { planAddition } from './plan-addition.ts';
import { executableIn, type Proposal } from './proposal.ts';
import { recipientEdits } from './recipient-edits.ts';
import { missingSteps } from './sealed-notes.ts';
import { starterOf } from './starter.ts';
import { modelPath } from './target-folder.ts';
import { newTeamCredentials } from './team-credentials.ts';
import { touchedUnits } from './touched-units.ts';

/**
 * What adding a unit comes to. The files are planned from the model as last applied plus this change, so that no other
 * edit of the model comes along; the file gets only the new entry.
 * @throws ExpectedError (exit 2) when the change needs edits that were not applied yet; as `planAddition`
 */
export async function proposeAddition(
  io: Io,
  repository: OpenRepository,
  addable: Addable,
  said: SaidOfUnit,
  options: AddOptions,
): Promise<Proposal> {
  const applied = lastApplied(repository);
  const name = firstOf(said, 'name') ?? '';
  if (Object.hasOwn(applied[addable.map], name)) throw takenOut(addable, name);
  const edits = addable.edits(said, repository.model);
  const { keys, folder } = await newKeys(
    io,
    repository,
    { before: applied, after: appliedWith(applied, edits) },
    options.keysDirectory,
  );
  const withKeys = [...edits, ...recipientEdits(appliedWith(applied, edits), keys)];
  const before = appliedWith(applied, withKeys);
  const sources = sourcesOfOne(name, readVariables('', said['secret-env'] ?? []).variables, addWords(addable, said));
  const credentials = [
    ...newTeamCredentials(before, keys),
    ...(addable.noun === 'notification'
      ? [
          ...newReceiverTokens(io, before, (path) => repository.tree.kindOf(path) !== undefined),
          ...(await saidCredentials(io, before, [name], sources)),
        ]
      : []),
  ];
  const all = [...withKeys, ...credentialEdits(credentials)];
  const copies = { applied, wanted: before, made: credentials };
  const copied = await copiedCredentials(io, repository, copies, options.keysDirectory);
  const wanted = appliedWith(applied, all);
  const title = `${addable.noun} ${name}`;
  const directory = addable.noun === 'team' ? firstOf(said, 'starter') : undefined;
  const starter = directory === undefined ? undefined : await starterOf(io, directory, wanted, name);
  const { sides, keysDirectory } = options;
  const { model, plan, rewrapped } = await planAddition(io, repository, {
    title,
    edits: all,
    applied,
    wanted,
    keys,
    credentials: [...credentials, ...copied],
    sides,
    keysDirectory,
  });
  const subject = { io, repository, addable, name, model: wanted, keys, keysFolder: folder, rewrapped };
  return {
    repository,
    title: `Add ${title}`,
    done: `Added ${title}`,
    model,
    keys,
    keysFolder: folder,
    commitsModel: false,
    own: { edits: () => all, follows: wanted, adds: `${addable.noun}-${name}` },
    plan,
    executable: executableIn(touchedUnits(applied, wanted)),
    notes: [...repository.notes, ...additionNotes(subject, edits)],
    ...(starter && { afterFiles: [starter.step] }),
    nextSteps: [
      ...missingSteps(wanted, plan, repository.shown),
      ...additionSteps(subject),
      ...(starter ? [starter.next] : []),
    ],
    words: addWords(addable, said),
  };
}

function takenOut({ noun }: Addable, name: string): ExpectedError {
  return new ExpectedError({
    code: 'exists-already',
    exitCode: 2,
    message: `cannot add ${noun} ${name}: its files are here already`,
    why: [`${modelPath} no longer has it, but it was applied once.`],
    hint: `put it back into ${modelPath}, then run: ${npx} apply`,
  });
}
