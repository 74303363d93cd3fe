import type { ApplyOptions } from '../cli/change-commands.ts';
import type { Io } from '../cli/io.ts';
import type { Outcome } from '../cli/outcome.ts';
import { version } from '../cli/program.ts';
import { generateUnits } from '../generators/generate-units.ts';
import { changedParts } from '../model/changed-parts.ts';
import { editModel } from '../model/edit-model.ts';
import { generateKeys } from '../secrets/generate-keys.ts';
import { keysFolder } from '../secrets/keys-folder.ts';
import { carryOut } from './carry-out.ts';
import { compareSealing } from './compare-sealing.ts';
import { keysToMake, newCertificates } from './keys-to-make.ts';
import { appliedIfKnown } from './last-applied.ts';
import { newKeySteps } from './new-key-steps.ts';
import { openRepository } from './open-repository.ts';
import { executableIn, type Proposal } from './proposal.ts';
import { recipientEdits } from './recipient-edits.ts';
import { refuseRemovedUnits } from './refuse-removed-units.ts';
import { modelPath } from './target-folder.ts';
import { credentialEdits, newTeamCredentials } from './team-credentials.ts';
import { teamSteps } from './team-steps.ts';

/**
 * Makes the repository what its edited `flux-repo.yaml` says, beside every hand edit. Deletes and renames no unit.
 * @throws ExpectedError (exit 2 for a model that cannot be used, 3 for what a person must decide)
 */
export async function apply(io: Io, options: ApplyOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  refuseRemovedUnits(repository.model, repository.locks);
  const owner = { repository: repository.model.repository.name, id: repository.model.id, target: repository.root };
  const names = keysToMake(repository.model, (path) => repository.tree.kindOf(path) !== undefined);
  const folder = names.length > 0 ? await keysFolder({ ...io, flag: options.keysDirectory }, owner) : undefined;
  const keys = await generateKeys(names);
  const credentials = newTeamCredentials(repository.model, keys);
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
    nextSteps: [...newKeySteps(model, keys), ...credentials.flatMap(({ team }) => teamSteps(model, team))],
    words: ['apply'],
  };
  return carryOut(io, proposal, options);
}
