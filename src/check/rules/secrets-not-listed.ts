import { traitOf } from '../../model/secret-strategies.ts';
import { strategyOf } from '../../model/settings.ts';
import { unitLockPath } from '../../plan/lock-file.ts';
import type { CheckedRepository } from '../checked-repository.ts';
import { readableLocks } from '../generated-drift.ts';
import type { Finding, Rule } from '../rule.ts';
import { createWords, type UnlistedSecret, unlistedSecrets } from '../unlisted-secrets.ts';

export const secretsNotListed: Rule = {
  id: 'secrets/not-listed',
  severity: 'warning',
  why: 'No cluster gets a Secret whose file no kustomization lists, and what needs it waits.',
  fix: 'List its file under resources, or take the Secret out of flux-repo.yaml.',
  *find(repository): Generator<Finding> {
    for (const unlisted of unlistedSecrets(repository)) {
      const { secret, list } = unlisted;
      const { name, namespace, owner, path } = secret;
      const isThere = repository.tree.kindOf(path) !== undefined;
      const file = path.slice(path.lastIndexOf('/') + 1);
      yield {
        message: `the Secret ${name} of ${owner.kind} ${owner.name} is declared in flux-repo.yaml, and ${isThere ? 'not listed here' : 'neither listed here nor created'}`,
        at: repository.files.get(list)?.documents[0]?.placeOf(['resources']) ?? { file: list },
        object: `Secret/${namespace}/${name}`,
        key: path,
        hint: hintOf(repository, unlisted, file, isThere),
        ...(isThere && {
          fix: { file: list, operations: [{ op: 'ensure-item' as const, path: ['resources'], value: file }] },
        }),
      };
    }
  },
};

function hintOf(
  { tree, tool, model }: CheckedRepository,
  { secret, list }: UnlistedSecret,
  file: string,
  isThere: boolean,
): string {
  const write = tool?.write.tool ?? ((...words: readonly string[]) => words.join(' '));
  if (isThere) return `Add - ${file} to the resources of ${list}.`;
  if (model !== undefined && traitOf(strategyOf(model)).isGenerated)
    return `${write('apply', '--theirs', secret.path)}, and add - ${file} to the resources of ${list}.`;
  const isApplied = readableLocks(tree)?.get(secret.unit)?.files[secret.path] !== undefined;
  const isOurs = tree.kindOf(unitLockPath(secret.unit)) !== undefined;
  return isApplied || !isOurs
    ? `Create it, and add - ${file} to the resources of ${list}: ${write(...createWords(secret))}`
    : `${write('apply')}, then ${write(...createWords(secret))}`;
}
