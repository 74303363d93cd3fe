import type { Problem } from '../problem.ts';
import type { FoundIdentity } from './find-identities.ts';

/**
 * Key files that hold the key of somebody else than their name says: whoever gives a cluster the file gives it what it must
 * not read. A key that the model does not know may be an old or a next one, and is no mistake.
 *
 * @param names recipient -> `cluster eu`, as `recipientNames` has them
 */
export function mistakenKeys(
  identities: readonly Pick<FoundIdentity, 'recipient' | 'sources'>[],
  names: ReadonlyMap<string, string>,
): Problem[] {
  return identities.flatMap(({ recipient, sources }) => {
    const owner = names.get(recipient);
    return sources.flatMap((file): Problem[] => {
      const named = ownerByName(file);
      if (owner === undefined || named === undefined || named === owner) return [];
      const message = `${file} holds the key of ${owner}, and by its name it is that of ${named}`;
      const hint = `Give the file its right name, and bring the key of ${named} back from where its copy is kept.`;
      return [{ rule: 'keys/other-owner', severity: 'warning', message, hint }];
    });
  });
}

function ownerByName(file: string): string | undefined {
  if (file === 'recovery.agekey') return 'recovery';
  const [, kind, name] = /^(cluster|environment|team)-([^.]+)(?:\..+)?\.agekey$/.exec(file) ?? [];
  return kind === undefined ? undefined : `${kind} ${name}`;
}
