import { isSealedName } from '../../graph/sealed-name.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import type { CheckedKustomization, CheckedRepository } from '../checked-repository.ts';
import { decryptionOf, encryptedObjects } from '../encrypted-objects.ts';
import type { Finding, Rule } from '../rule.ts';
import { unlistedSecrets } from '../unlisted-secrets.ts';

export const secretsNeedlessDecryption: Rule = {
  id: 'secrets/needless-decryption',
  severity: 'warning',
  why: 'A Kustomization with spec.decryption fails where the Secret with the keys is missing, with nothing to decrypt too.',
  fix: 'Remove spec.decryption.',
  *find(repository): Generator<Finding> {
    for (const { name: cluster, kustomizations } of repository.clusters)
      for (const kustomization of kustomizations) {
        const { object, build, name } = kustomization;
        const decryption = decryptionOf(kustomization);
        if (decryption === undefined || object === undefined || build === undefined) continue;
        // a team with a key of its own encrypts when it wants to
        if (repository.model?.teams?.[name]?.ownKey === true) continue;
        if (!isAllBuilt(kustomization) || encryptedObjects(kustomization).length > 0) continue;
        // what it is to decrypt is declared, and told of as not listed
        if (unlistedSecrets(repository).some(({ list }) => isBelow(list, kustomization))) continue;
        const secret = decryption.secret === undefined ? '' : ` with Secret ${decryption.secret}`;
        const isMissing = hasNoKey(repository, cluster, decryption.secret);
        yield {
          message: `Kustomization ${name} decrypts${secret}, and has nothing to decrypt${isMissing ? '; the cluster has no key' : ''}`,
          at: object.placeOf(['spec', 'decryption']),
          object: object.id,
          key: 'decryption',
          cluster,
          ...(isMissing && { severity: 'error' }),
        };
      }
  },
};

function isBelow(file: RepoPath, { path }: CheckedKustomization): boolean {
  return path !== undefined && file.startsWith(`${path}/`);
}

/** An encrypted file may be what is missing, or what comes from elsewhere. */
function isAllBuilt({ build }: CheckedKustomization): boolean {
  const isMissing = build?.problems.some(({ message }) => isSealedName(message.replace(/ does not exist$/, '')));
  return isMissing !== true && build?.notBuilt.length === 0;
}

/** The model tells which clusters have a key: without one nobody can make the Secret. */
function hasNoKey({ model }: CheckedRepository, cluster: string, secret: string | undefined): boolean {
  const own = model?.clusters[cluster];
  if (model === undefined || own === undefined || secret !== 'sops-age') return false;
  const shared = model.environments?.[own.environment]?.recipients ?? [];
  return (own.recipients ?? []).length + shared.length === 0;
}
