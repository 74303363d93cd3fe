import { type DeclaredSecret, declaredSecrets } from '../model/declared-secrets.ts';
import { traitOf } from '../model/secret-strategies.ts';
import { strategyOf } from '../model/settings.ts';
import { parentOf, type RepoPath } from '../tree/repo-path.ts';
import type { CheckedRepository } from './checked-repository.ts';

/** A Secret that `flux-repo.yaml` declares, and that the kustomization beside its file does not list. */
export interface UnlistedSecret {
  secret: DeclaredSecret;
  /** The kustomization that should. */
  list: RepoPath;
}

const known = new WeakMap<CheckedRepository, readonly UnlistedSecret[]>();

/** None where a strategy makes no files, and where the kustomization itself is not built: then that is told. */
export function unlistedSecrets(repository: CheckedRepository): readonly UnlistedSecret[] {
  const found = known.get(repository) ?? unlistedIn(repository);
  known.set(repository, found);
  return found;
}

function unlistedIn({ model, built, clusters }: CheckedRepository): UnlistedSecret[] {
  if (model === undefined || traitOf(strategyOf(model)).suffix === undefined) return [];
  const declared = declaredSecrets(model).map((secret) => ({
    secret,
    list: `${parentOf(secret.path)}/kustomization.yaml`,
  }));
  const open = declared.filter(({ secret, list }) => built.has(list) && !built.has(secret.path));
  if (open.length === 0) return [];
  const builds = clusters.flatMap(({ kustomizations }) => kustomizations.map(({ build }) => build));
  const missing = new Set(builds.flatMap((build) => build?.problems.map(({ message }) => message) ?? []));
  return open.filter(({ secret }) => !missing.has(`${secret.path} does not exist`));
}

/** What `secrets create` is called with for a declared Secret. */
export function createWords({ name, owner, environment }: DeclaredSecret): string[] {
  const one = environment === undefined ? [] : ['--environment', environment];
  return ['secrets', 'create', name, `--${owner.kind}`, owner.name, ...one];
}
