import type { Io } from '../cli/io.ts';
import type { Outcome } from '../cli/outcome.ts';
import type { RemoveOptions } from '../cli/remove-command.ts';
import { usageError } from '../errors.ts';
import { uncommittedPaths } from '../git/commit-preflight.ts';
import { inOrder } from '../model/units.ts';
import { unitLockPath } from '../plan/lock-file.ts';
import { addables } from '../wizard/addables.ts';
import type { Noun } from '../wizard/addition.ts';
import { removables } from '../wizard/removables.ts';
import { carryOut } from './carry-out.ts';
import { isInGit } from './commit-advice.ts';
import { type OpenRepository, openRepository } from './open-repository.ts';
import { uncommittedRemoval } from './refuse-uncommitted-removal.ts';
import { awaitClusters } from './removal/await-clusters.ts';
import { proposeUnitRemoval } from './removal/propose-unit-removal.ts';
import { refuseUsed } from './removal/refuse-used.ts';
import { removalSubject } from './removal/removal-subject.ts';
import { requireConfirmation } from './secrets/require-confirmation.ts';
import { command } from './secrets/rotation-words.ts';

/**
 * Takes one unit away, a phase at a time where live objects need it. Where it stands is in the model, so that the same
 * command again goes on, whoever runs it.
 *
 * @throws ExpectedError (exit 2 for what cannot be removed, 3 while a phase waits or a confirmation is missing)
 */
export async function remove(io: Io, options: RemoveOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  const name = options.name ?? (await askWhich(io, options.noun, repository));
  await refuseRemovedAlready(io, repository, options.noun, name);
  const subject = removalSubject(repository, { ...options, name });
  const { needsConfirmation } = removables[options.noun];
  const isConfirmed = options.confirmed.includes(name);
  if (needsConfirmation)
    requireConfirmation(
      io,
      { ...options, confirmed: isConfirmed ? name : io.interactive ? undefined : options.confirmed[0] },
      { name, what: `remove ${options.noun} ${name}`, words: subject.words },
    );
  await refuseUsed(io, repository, subject, options.confirmed);
  const vouched = needsConfirmation ? withoutFirst(options.confirmed, name) : options.confirmed;
  const notes = await awaitClusters(io, repository, subject, { ...options, confirmed: vouched });
  const proposal = await proposeUnitRemoval(io, repository, subject, { ...options, confirmed: vouched }, notes);
  if (needsConfirmation && !isConfirmed && !options.dryRun) await askName(io, name);
  return carryOut(io, proposal, options);
}

/** What is gone from the model may still be in git: then it is not unknown, and only the commit is left. */
async function refuseRemovedAlready(
  { env, signal }: Io,
  { root, shown, model, locks }: OpenRepository,
  noun: Noun,
  name: string,
): Promise<void> {
  const unit = `${noun}-${name}` as const;
  if (Object.hasOwn(model[addables[noun].map], name) || locks.has(unit) || !isInGit(root)) return;
  const paths = await uncommittedPaths({ cwd: root, env, signal });
  const error = paths.some(({ path }) => path === unitLockPath(unit)) && uncommittedRemoval([unit], shown);
  if (error) throw error;
}

/** A cluster may have the unit's name: said once, it is the unit that is meant. */
function withoutFirst(names: readonly string[], name: string): string[] {
  const at = names.indexOf(name);
  return names.filter((_, index) => index !== at);
}

async function askWhich(io: Io, noun: Noun, { model }: OpenRepository): Promise<string> {
  const names = inOrder<unknown>(model[addables[noun].map]).map(([name]) => name);
  const [first = 'NAME'] = names;
  if (names.length === 0) throw usageError(`there is no ${noun} to remove`, { code: 'unknown-unit' });
  if (!io.interactive)
    throw usageError(`which ${noun}?`, {
      code: 'missing-answers',
      why: [`flux-repo.yaml knows ${names.join(', ')}.`],
      hint: command('remove', noun, first),
    });
  const { terminalPrompts } = await import('../wizard/prompts.ts');
  const choices = names.map((value) => ({ value, label: value, hint: '' }));
  return terminalPrompts(io).select(`Which ${noun}?`, choices);
}

/** @throws Cancelled */
async function askName(io: Io, name: string): Promise<void> {
  const { terminalPrompts } = await import('../wizard/prompts.ts');
  await terminalPrompts(io).text({
    message: `Type ${name} to remove it`,
    validate: (text) => (text.trim() === name ? undefined : `Type ${name}, or leave with Ctrl-C`),
  });
}
