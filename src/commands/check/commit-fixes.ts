import type { ChangeOptions } from '../../cli/change-options.ts';
import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { usageError } from '../../errors.ts';
import type { UpdateChange } from '../../plan/change.ts';
import { carryOut } from '../carry-out.ts';
import { openRepository, repositoryAround } from '../open-repository.ts';

/**
 * Writes fixes that a person has agreed to and commits them, like a change of any other command.
 *
 * @param root of what was checked, absolute
 * @throws ExpectedError `no-repository` where nothing of ours says what is committed; what `carryOut` throws
 */
export async function commitFixes(
  io: Io,
  root: string,
  changes: readonly UpdateChange[],
  options: ChangeOptions,
): Promise<Outcome> {
  if (repositoryAround(root) !== root)
    throw usageError('cannot commit the fixes: this is no repository of create-flux-repo', {
      code: 'no-repository',
      hint: 'Leave --commit and --pull-request out, and commit them with git.',
    });
  const repository = await openRepository({ ...io, cwd: root }, { directory: options.directory, readOnly: false });
  return carryOut(
    io,
    {
      repository,
      title: 'Fix what check found',
      done: 'Fixed what check found',
      model: repository.model,
      plan: { changes },
      keys: [],
      keysFolder: undefined,
      executable: [],
      commitsModel: false,
      regenerates: false,
      notes: repository.notes,
      nextSteps: [],
      words: ['check', '--fix'],
    },
    { ...options, yes: true },
  );
}
