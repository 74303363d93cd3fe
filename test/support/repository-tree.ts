import { generateUnits } from '../../src/generators/generate-units.ts';
import { type DeclaredSecret, declaredSecrets } from '../../src/model/declared-secrets.ts';
import type { Model } from '../../src/model/model.ts';
import { traitOf } from '../../src/model/secret-strategies.ts';
import { strategyOf } from '../../src/model/settings.ts';
import { modelText } from '../../src/model/write-model.ts';
import { plannedContents } from '../../src/plan/plan.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import type { Tree } from '../../src/tree/tree.ts';
import { yamlBlock } from '../../src/yaml/yaml-block.ts';

/** A whole repository in memory: path -> contents, in path order. */
export type RepositoryTree = ReadonlyMap<RepoPath, string>;

export const toolVersion = '0.1.0';

const emptyTree: Tree = { kindOf: () => undefined, read: () => undefined, list: () => [] };

/** Everything that `create` writes into an empty folder for this model, and the Secrets that it declares. */
export function repositoryTree(model: Model): RepositoryTree {
  const strategy = strategyOf(model);
  const { suffix, isGenerated } = traitOf(strategy);
  const declared = suffix === undefined || isGenerated ? [] : declaredSecrets(model);
  const text = strategy === 'sops' ? standIn : sealedStandIn;
  const plan = planChanges({
    units: generateUnits(model, { toolVersion }),
    tree: emptyTree,
    locks: new Map(),
    toolVersion,
    sealed: new Map(declared.map((secret) => [secret.path, text(secret)])),
    model: { path: 'flux-repo.yaml', before: undefined, after: modelText(model) },
  });
  return new Map([...plannedContents(plan)].map(([path, contents]) => [path, contents ?? '']));
}

/** An encrypted file as Flux applies it: decrypted. What is encrypted is never twice the same. */
function standIn({ name, namespace, keys }: DeclaredSecret): string {
  return yamlBlock({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } },
    stringData: Object.fromEntries(keys.map((key) => [key, 'stands for a value'])),
  });
}

/** A file for the controller of Sealed Secrets, which is never twice the same either. */
function sealedStandIn({ name, namespace, keys }: DeclaredSecret): string {
  return yamlBlock({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name, namespace },
    spec: { encryptedData: Object.fromEntries(keys.map((key) => [key, 'c3RhbmRzIGZvciBhIHZhbHVl'])) },
  });
}

/** Paths of the YAML files that Flux or kustomize read. */
export function manifestPaths(tree: RepositoryTree): RepoPath[] {
  return [...tree.keys()].filter((path) => /^(clusters|infrastructure|apps|secrets)\/.*\.ya?ml$/.test(path));
}
