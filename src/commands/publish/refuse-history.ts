import { ProviderError } from '../../publish/failure.ts';
import type { Repository } from '../../publish/provider.ts';
import type { Publishing } from '../../publish/publishing.ts';

/**
 * Refuses to commit where the branch on the server has commits that are not here: the new one would not follow them.
 *
 * @throws ProviderError `repository-diverged`
 */
export function refuseAhead({ found, provider }: Publishing, { fullName }: Repository, branch: string): void {
  if (found.history.standing !== 'ahead') return;
  throw new ProviderError({
    code: 'repository-diverged',
    step: 'push',
    message: `${branch} of ${fullName} on ${provider.host} has commits that are not here`,
    why: ['Somebody, or Flux, pushed in the meantime. A commit made here would not follow theirs, so none was made.'],
    hint: `git pull --ff-only origin ${branch}, then run the same command again`,
  });
}

/**
 * Refuses a repository whose branch cannot take ours without losing what others pushed.
 *
 * @throws ProviderError `repository-exists` for one with other content, `repository-diverged` for ours with more
 */
export function refuseHistory({ found, provider }: Publishing, { fullName }: Repository, branch: string): void {
  const { standing } = found.history;
  const where = `${fullName} on ${provider.host}`;
  if (standing === 'foreign' || standing === 'absent')
    throw new ProviderError({
      code: 'repository-exists',
      step: 'push',
      message: `${where} holds other content`,
      why: [
        standing === 'absent'
          ? `It has branches, but no ${branch}.`
          : `Its branch ${branch} has no commit in common with this one.`,
        'Nothing there is ever overwritten.',
      ],
      hint: 'Publish under another name (repository.name in flux-repo.yaml), or empty or delete that repository first.',
    });
  if (standing === 'diverged')
    throw new ProviderError({
      code: 'repository-diverged',
      step: 'push',
      message: `${branch} of ${where} has commits that are not here, and the other way round`,
      why: ['Somebody, or Flux, pushed in the meantime. Nothing there is ever overwritten.'],
      hint: `git pull --rebase origin ${branch}, then run the same command again`,
    });
}
