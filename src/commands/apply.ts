import type { ApplyOptions } from '../cli/change-commands.ts';
import type { Io } from '../cli/io.ts';
import type { Outcome } from '../cli/outcome.ts';
import { version } from '../cli/program.ts';
import { generateUnits } from '../generators/generate-units.ts';
import { changedParts } from '../model/changed-parts.ts';
import { editModel } from '../model/edit-model.ts';
import { generateKeys } from '../secrets/generate-keys.ts';
import { keysFolder } from '../secrets/keys-folder.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { carryOut } from './carry-out.ts';
import { compareSealing } from './compare-sealing.ts';
import { credentialSteps } from './credential-steps.ts';
import { keysToMake, newCertificates } from './keys-to-make.ts';
import { appliedIfKnown } from './last-applied.ts';
import { credentialEdits } from './new-credential.ts';
import { newKeySteps } from './new-key-steps.ts';
import { newReceiverTokens } from './notification-credentials.ts';
import { openRepository } from './open-repository.ts';
import { executableIn, type Proposal } from './proposal.ts';
import { recipientEdits } from './recipient-edits.ts';
import { refuseRemovedUnits } from './refuse-removed-units.ts';
import { modelPath } from './target-folder.ts';
import { newTeamCredentials } from './team-credentials.ts';

/**
 * Makes the repository what its edited `flux-repo.yaml` says, beside every hand edit. Deletes and renames no unit.
 * @throws ExpectedError (exit 2 for a model that cannot be used, 3 for what a person must decide)
 */
export async function apply(io: Io, options: ApplyOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  refuseRemovedUnits(repository.model, repository.locks);
  const owner = { repository: repository.model.repository.name, id: repository.model.id, target: repository.root };
  const isThere = (path: RepoPath) => repository.tree.kindOf(path) !== undefined;
  const names = keysToMake(repository.model, isThere);
  const folder = names.length > 0 ? await keysFolder({ ...io, flag: options.keysDirectory }, owner) : undefined;
  const keys = await generateKeys(names);
  const credentials = [
    ...newTeamCredentials(repository.model, keys),
    ...newReceiverTokens(io, repository.model, isThere),
  ];
  const edits = [...recipientEdits(repository.model, keys), ...credentialEdits(credentials)];
  const { text, model } = editModel({ text: repository.text, file: modelPath }, edits);
  const units = generateUnits(model, { toolVersion: version });
  const applied = appliedIfKnown(repository);
  const proposal: Proposal = {
    repository,
    title: 'Apply flux-repo.yaml',
    changed: applied === undefined ? [] : changedParts(applied, model),
    done: 'Applied flux-repo.yaml',
    model,
    keys,
    keysFolder: folder,
    plan: await compareSealing(
      io,
      repository,
      { units, text, sides: options.sides, applied, sealed: newCertificates(keys) },
      { model, credentials },
    ),
    executable: executableIn(units),
    commitsModel: true,
    notes: repository.notes,
    nextSteps: [...newKeySteps(model, keys), ...credentials.flatMap((made) => credentialSteps(model, made))],
    words: ['apply'],
  };
  return carryOut(io, proposal, options);
}
