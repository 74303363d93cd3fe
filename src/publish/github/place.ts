import type { Repository } from '../provider.ts';

/** A repository as GitHub's paths name it. */
export function placeOf({ fullName }: Pick<Repository, 'fullName'>): { owner: string; repo: string } {
  const [owner = '', repo = ''] = fullName.split('/');
  return { owner, repo };
}
